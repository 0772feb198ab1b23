import { redisFailure, useRedis } from '../../../connectors/redis/index.ts';
import { defineNode, derive, MAIN_PORT, type Effect } from '../../../node-kit/index.ts';
import { redisParameters, type RedisSettings } from './redis-parameters.ts';
import { runOperation } from './run-operation.ts';

const READS: readonly RedisSettings['operation'][] = ['get', 'keys', 'hash-get', 'list-range'];

/** What is the same when it is done twice is done again after a crash. */
function effectOf({ operation, onlyIf, expiresSeconds }: RedisSettings): Effect {
  if (READS.includes(operation)) return 'read';
  const isPlainSet = operation === 'set' && onlyIf === 'always' && expiresSeconds === 0;
  return isPlainSet || operation === 'hash-set' || operation === 'delete' ? 'keyed' : 'unsafe';
}

export const redis = defineNode({
  type: 'redis',
  version: 1,
  group: 'database',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['cache', 'key', 'valkey', 'stream', 'publish', '缓存', '键值', '数据库'],
  credentials: [{ name: 'server', types: ['redis'], required: true }],
  parameters: redisParameters,
  effect: effectOf,
  async execute(context) {
    const { connections, signal } = context;
    const settings = (await context.credential('server'))?.data ?? {};
    return useRedis(
      connections,
      settings,
      (client) =>
        context.perItem(
          async (item, index) => {
            const own = context.parameters(index);
            const value = await runOperation(client, own, index).catch((error: unknown) => {
              signal.throwIfAborted();
              throw redisFailure(error, settings);
            });
            return derive({ ...item.json, [own.outputField]: value }, index, 0, item.binary);
          },
          { concurrency: 50 },
        ),
      signal,
    );
  },
});
