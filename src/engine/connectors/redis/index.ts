export { connectRedis, useRedis, type RedisClient } from './connector.ts';
export { redisFailure } from './failure.ts';
