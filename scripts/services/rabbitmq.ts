import { connect } from 'amqplib';
import type { Service } from './service.ts';

const LOCAL = 'amqp://guest:guest@127.0.0.1:5672';

/** The RabbitMQ in `GUIXU_TEST_RABBITMQ_URL`, or one on its standard port that lets `guest` in. */
export const rabbitmq: Service = {
  name: 'RabbitMQ',
  async provide(env) {
    const url = env['GUIXU_TEST_RABBITMQ_URL'] ?? LOCAL;
    try {
      await (await connect(url, { timeout: 5000 })).close();
      return { env: { GUIXU_TEST_RABBITMQ_URL: url } };
    } catch {
      return { missing: `none answers at ${new URL(url).host}` };
    }
  },
};
