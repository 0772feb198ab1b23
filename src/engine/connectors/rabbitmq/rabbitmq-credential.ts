import { defineCredential } from '../../node-kit/index.ts';
import { labelsOf, TLS_FIELDS } from '../server-form.ts';

export const rabbitmqCredential = defineCredential({
  type: 'rabbitmq',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: '127.0.0.1' },
    { name: 'port', kind: 'string', required: false, placeholder: '5672' },
    { name: 'user', kind: 'string', required: true, placeholder: 'guest' },
    { name: 'password', kind: 'secret', required: true },
    { name: 'vhost', kind: 'string', required: false, placeholder: '/' },
    ...TLS_FIELDS,
  ],
  async test({ data, connections, signal }) {
    const { useRabbitmq } = await import('./connector.ts');
    await useRabbitmq(connections, data, () => Promise.resolve(), signal);
  },
  texts: {
    en: {
      name: 'RabbitMQ',
      description: 'A RabbitMQ server, or another that speaks AMQP 0-9-1.',
      parameters: {
        ...labelsOf('en', 'host', 'port', 'user', 'password', 'tls', 'authorities'),
        vhost: { label: 'Virtual host' },
      },
    },
    'zh-CN': {
      name: 'RabbitMQ',
      description: 'RabbitMQ 或其他使用 AMQP 0-9-1 协议的服务器。',
      parameters: {
        ...labelsOf('zh-CN', 'host', 'port', 'user', 'password', 'tls', 'authorities'),
        vhost: { label: '虚拟主机' },
      },
    },
  },
});
