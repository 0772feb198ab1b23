/** Answers of SQL Server, by the tokens of [MS-TDS] 2.2.7. */
export interface ColumnType {
  info: Buffer;
  /** A value with its length; null is asked for as such. */
  encode(value: unknown): Buffer;
}

export type Reply =
  | { columns: Record<string, ColumnType>; rows: unknown[][] }
  | { rowCount: number }
  | { error: { number: number; message: string; gravity?: number } };

const COLLATION = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);
const NO_PLP = Buffer.alloc(8, 0xff);

const sized = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length]), bytes]);
const fixed = (type: number, size: number, write: (bytes: Buffer, value: number) => void): ColumnType => ({
  info: Buffer.from([type, size]),
  encode(value) {
    if (value === null) return Buffer.from([0]);
    const bytes = Buffer.alloc(size);
    write(bytes, Number(value));
    return sized(bytes);
  },
});
const little = (value: bigint, size: number) => {
  const bytes = Buffer.alloc(size);
  for (let at = 0, rest = value; at < size; at++, rest >>= 8n) bytes[at] = Number(rest & 255n);
  return bytes;
};
const daysOf = (day: string) => little(BigInt(Math.round(Date.parse(`${day}Z`) / 86_400_000) + 719_162), 3);
/** Units of 100 ns since midnight. */
const unitsOf = (time: string) => {
  const [clock = '', fraction = ''] = time.split('.');
  return BigInt(Date.parse(`1970-01-01T${clock}Z`)) * 10_000n + BigInt(fraction.padEnd(7, '0'));
};

export const types = {
  int: fixed(0x26, 4, (bytes, value) => bytes.writeInt32LE(value)),
  bit: fixed(0x68, 1, (bytes, value) => bytes.writeUInt8(value)),
  real: fixed(0x6d, 4, (bytes, value) => bytes.writeFloatLE(value)),
  bigint: {
    info: Buffer.from([0x26, 8]),
    encode: (value) => sized(little(BigInt(value as string), 8)),
  },
  decimal: (scale: number): ColumnType => ({
    info: Buffer.from([0x6c, 17, 38, scale]),
    encode(value) {
      const [whole = '', fraction = ''] = String(value as string)
        .replace('-', '')
        .split('.');
      const units = little(BigInt(whole + fraction.padEnd(scale, '0')), 16);
      return sized(Buffer.concat([Buffer.from([String(value as string).startsWith('-') ? 0 : 1]), units]));
    },
  }),
  text: {
    info: Buffer.concat([Buffer.from([0xe7, 0x40, 0x1f]), COLLATION]),
    encode(value) {
      if (value === null) return Buffer.from([0xff, 0xff]);
      const bytes = Buffer.from(value as string, 'utf16le');
      return Buffer.concat([little(BigInt(bytes.length), 2), bytes]);
    },
  },
  bytes: {
    info: Buffer.from([0xa5, 0xff, 0xff]),
    encode(value) {
      if (value === null) return NO_PLP;
      const bytes = value as Buffer;
      const size = BigInt(bytes.length);
      return Buffer.concat([little(size, 8), little(size, 4), bytes, little(0n, 4)]);
    },
  },
  date: { info: Buffer.from([0x28]), encode: (value) => sized(daysOf(value as string)) },
  datetime2: {
    info: Buffer.from([0x2a, 7]),
    encode(value) {
      const [day = '', time = ''] = (value as string).split('T');
      return sized(Buffer.concat([little(unitsOf(time), 5), daysOf(day)]));
    },
  },
  /** Given in UTC, eight hours east of it. */
  datetimeoffset: {
    info: Buffer.from([0x2b, 7]),
    encode(value) {
      const [day = '', time = ''] = (value as string).split('T');
      return sized(Buffer.concat([little(unitsOf(time), 5), daysOf(day), little(480n, 2)]));
    },
  },
} satisfies Record<string, ColumnType | ((scale: number) => ColumnType)>;

const MORE = 1;
const ERROR = 2;
const COUNT = 0x10;
export const ATTENTION = 0x20;

/** The end of a statement: in a batch, in a procedure, or of the procedure. */
export function done(kind: 'batch' | 'in-procedure' | 'procedure', status: number, count = 0): Buffer {
  const token = Buffer.alloc(13);
  token[0] = { batch: 0xfd, 'in-procedure': 0xff, procedure: 0xfe }[kind];
  token.writeUInt16LE(status, 1);
  token.writeBigUInt64LE(BigInt(count), 5);
  return token;
}

export function* answer(replies: readonly Reply[], isProcedure: boolean): Generator<Buffer> {
  const kind = isProcedure ? 'in-procedure' : 'batch';
  for (const [index, reply] of replies.entries()) {
    const more = isProcedure || index < replies.length - 1 ? MORE : 0;
    if ('error' in reply) {
      yield failure(reply.error);
      yield done(kind, more | ERROR);
    } else if ('rowCount' in reply) yield done(kind, more | COUNT, reply.rowCount);
    else {
      yield* rows(reply);
      yield done(kind, more | COUNT, reply.rows.length);
    }
  }
  if (isProcedure) yield Buffer.concat([Buffer.from([0x79, 0, 0, 0, 0]), done('procedure', 0)]);
  else if (replies.length === 0) yield done('batch', 0);
}

function* rows({ columns, rows }: Extract<Reply, { rows: unknown[][] }>): Generator<Buffer> {
  const all = Object.entries(columns);
  const told = all.map(([name, { info }]) => Buffer.concat([Buffer.alloc(6), info, shortText(name)]));
  yield Buffer.concat([Buffer.from([0x81]), little(BigInt(all.length), 2), ...told]);
  for (const row of rows)
    yield Buffer.concat([
      Buffer.from([0xd1]),
      ...all.map(([, type], index) => type.encode(row[index] ?? null)),
    ]);
}

export function failure({
  number,
  message,
  gravity = 16,
}: {
  number: number;
  message: string;
  gravity?: number;
}): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32LE(number, 0);
  head[4] = 1;
  head[5] = gravity;
  head.writeUInt16LE(message.length, 6);
  const body = Buffer.concat([
    head,
    Buffer.from(message, 'utf16le'),
    shortText('fake'),
    shortText(''),
    Buffer.alloc(4),
  ]);
  return Buffer.concat([Buffer.from([0xaa]), little(BigInt(body.length), 2), body]);
}

export function loginAcknowledged(): Buffer {
  const body = Buffer.concat([
    Buffer.from([1, 0x74, 0, 0, 4]),
    shortText('Fake'),
    Buffer.from([16, 0, 0, 0]),
  ]);
  return Buffer.concat([Buffer.from([0xad]), little(BigInt(body.length), 2), body, done('batch', 0)]);
}

/** Tells the number of the transaction that began (8), was committed (9) or rolled back (10). */
export function transactionChanged(kind: 8 | 9 | 10, id: bigint): Buffer {
  const number = sized(little(id, 8));
  const none = Buffer.from([0]);
  const body = Buffer.concat([Buffer.from([kind]), ...(kind === 8 ? [number, none] : [none, number])]);
  return Buffer.concat([Buffer.from([0xe3]), little(BigInt(body.length), 2), body]);
}

function shortText(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'utf16le')]);
}
