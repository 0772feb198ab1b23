import type { RedisClient } from '../../../connectors/redis/index.ts';
import { NodeError } from '../../../node-kit/index.ts';
import type { RedisSettings } from './redis-parameters.ts';

/** Does what the settings say and gives what the server answers, as JSON holds it. */
export async function runOperation(
  client: RedisClient,
  settings: RedisSettings,
  itemIndex: number,
): Promise<unknown> {
  const { operation, key, value, fields, end, read } = settings;
  const decode = (text: string | null) => (text === null || read === 'text' ? text : readValue(text));
  switch (operation) {
    case 'get':
      return decode(await client.get(key));
    case 'set':
      return set(client, settings);
    case 'delete':
      return client.del(key);
    case 'increment':
      return client.incrBy(key, settings.by);
    case 'keys':
      return findKeys(client, settings);
    case 'hash-get': {
      const found = Object.entries(await client.hGetAll(key));
      return found.length === 0
        ? null
        : Object.fromEntries(found.map(([name, text]) => [name, decode(text)]));
    }
    case 'hash-set':
      return client.hSet(key, pairs(fields, itemIndex));
    case 'list-push':
      return end === 'left' ? client.lPush(key, value) : client.rPush(key, value);
    case 'list-pop':
      return decode(await (end === 'left' ? client.lPop(key) : client.rPop(key)));
    case 'list-range':
      return (await client.lRange(key, settings.from, settings.to)).map(decode);
    case 'publish':
      return client.publish(settings.channel, value);
    case 'stream-add':
      return client.xAdd(key, '*', pairs(fields, itemIndex), {
        ...(settings.maxLength > 0 && {
          TRIM: { strategy: 'MAXLEN', strategyModifier: '~', threshold: settings.maxLength },
        }),
      });
    case 'command': {
      const values = Array.isArray(settings.values) ? (settings.values as unknown[]) : [settings.values];
      return client.sendCommand([settings.command, ...values.map(spell)]);
    }
  }
}

async function set(
  client: RedisClient,
  { key, value, expiresSeconds, onlyIf }: RedisSettings,
): Promise<boolean> {
  const answer = await client.set(key, value, {
    ...(expiresSeconds > 0 && { expiration: { type: 'EX', value: expiresSeconds } }),
    ...(onlyIf === 'missing' && { condition: 'NX' }),
    ...(onlyIf === 'present' && { condition: 'XX' }),
  });
  return answer !== null;
}

/** Goes through all keys in parts: KEYS would hold up everybody else on the server. */
async function findKeys(client: RedisClient, { pattern, most }: RedisSettings): Promise<string[]> {
  const found = new Set<string>();
  for await (const keys of client.scanIterator({ MATCH: pattern, COUNT: 500 })) {
    for (const key of keys) {
      found.add(key);
      if (found.size >= most) return [...found].sort();
    }
  }
  return [...found].sort();
}

function pairs(fields: RedisSettings['fields'], itemIndex: number): Record<string, string> {
  if (fields.length === 0)
    throw new NodeError('PARAMETER_REQUIRED', { field: 'fields', parameter: 'fields', itemIndex });
  return Object.fromEntries(fields.map(({ name, value }) => [name, value]));
}

/** A value as the protocol sends it: text. */
function spell(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** JSON as the value it spells. A number that JavaScript would round stays a text. */
function readValue(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'number' && String(value) !== text ? text : value;
  } catch {
    return text;
  }
}
