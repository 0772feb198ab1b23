import { Binary, BSON, Decimal128, Long, ObjectId, type Document } from 'mongodb';

const { BSONValue, EJSON } = BSON;

/** `plain`: as JSON usually says it. `extended`: as MongoDB's Extended JSON, from which every value can be made again. */
export type DocumentFormat = 'plain' | 'extended';

/** A value of MongoDB as JSON. */
export function fromMongo(value: unknown, format: DocumentFormat): unknown {
  if (typeof value === 'bigint') return fromMongo(Long.fromBigInt(value), format);
  if (value instanceof Long) {
    const number = value.toNumber();
    if (Number.isSafeInteger(number)) return number;
    return format === 'plain' ? value.toString() : { $numberLong: value.toString() };
  }
  if (Array.isArray(value)) return value.map((entry) => fromMongo(entry, format));
  if (typeof value === 'number' && !Number.isFinite(value))
    return format === 'plain' ? String(value) : { $numberDouble: String(value) };
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date || value instanceof BSONValue) {
    const isPlain = format === 'plain' && plainText(value) !== undefined;
    if (isPlain) return plainText(value);
    return (EJSON.serialize({ value }, { relaxed: false }) as { value: unknown }).value;
  }
  const entries = Object.entries(value).map(([key, entry]) => [key, fromMongo(entry, format)] as const);
  return Object.fromEntries(entries);
}

function plainText(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Decimal128) return value.toString();
  return value instanceof Binary ? value.toString('base64') : undefined;
}

/** JSON as MongoDB's values: Extended JSON such as `{ "$oid": "…" }` becomes what it stands for. */
export function toMongo(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(toMongo);
  if (typeof json !== 'object' || json === null) return json;
  const keys = Object.keys(json);
  // By itself, since EJSON makes a number of it and so loses digits.
  if (keys.length === 1 && keys[0] === '$numberLong') return Long.fromString(String(Object.values(json)[0]));
  if (keys[0]?.startsWith('$')) {
    const { value } = EJSON.deserialize({ value: json } as Document, { relaxed: true }) as { value: unknown };
    const isValue = typeof value !== 'object' || value instanceof Date || value instanceof BSONValue;
    if (isValue) return value;
  }
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, toMongo(value)]));
}
