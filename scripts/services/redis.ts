import { createClient } from 'redis';
import type { Service } from './service.ts';

const LOCAL = 'redis://127.0.0.1:6379';

/** The Redis in `GUIXU_TEST_REDIS_URL`, or one on its standard port without a password. */
export const redis: Service = {
  name: 'Redis',
  async provide(env) {
    const url = env['GUIXU_TEST_REDIS_URL'] ?? LOCAL;
    const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 5000 } });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.close();
      return { env: { GUIXU_TEST_REDIS_URL: url } };
    } catch {
      return { missing: `none answers at ${new URL(url).host}` };
    }
  },
};
