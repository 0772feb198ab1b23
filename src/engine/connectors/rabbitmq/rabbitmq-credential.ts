import { defineCredential } from '../../node-kit/index.ts';

export const rabbitmqCredential = defineCredential({
  type: 'rabbitmq',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: '127.0.0.1' },
    { name: 'port', kind: 'string', required: false, placeholder: '5672' },
    { name: 'user', kind: 'string', required: true, placeholder: 'guest' },
    { name: 'password', kind: 'secret', required: true },
    { name: 'vhost', kind: 'string', required: false, placeholder: '/' },
    { name: 'tls', kind: 'select', required: true, options: ['off', 'verify', 'no-check'] },
    {
      name: 'authorities',
      kind: 'string',
      required: false,
      multiline: true,
      visibleWhen: { tls: ['verify'] },
    },
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
        host: { label: 'Host' },
        port: { label: 'Port' },
        user: { label: 'User' },
        password: { label: 'Password' },
        vhost: { label: 'Virtual host' },
        tls: {
          label: 'TLS',
          options: {
            off: 'Off',
            verify: 'On, the certificate is checked',
            'no-check': 'On, any certificate will do',
          },
        },
        authorities: {
          label: 'Certificates of authorities (PEM)',
          description: 'Where the server has a certificate of its own making.',
        },
      },
    },
    'zh-CN': {
      name: 'RabbitMQ',
      description: 'RabbitMQ 或其他使用 AMQP 0-9-1 协议的服务器。',
      parameters: {
        host: { label: '主机' },
        port: { label: '端口' },
        user: { label: '用户' },
        password: { label: '密码' },
        vhost: { label: '虚拟主机' },
        tls: {
          label: 'TLS',
          options: { off: '关闭', verify: '开启并校验证书', 'no-check': '开启但不校验证书' },
        },
        authorities: { label: 'CA 证书（PEM）', description: '服务器使用自签证书时填写。' },
      },
    },
  },
});
