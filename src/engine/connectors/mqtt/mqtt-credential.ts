import { defineCredential } from '../../node-kit/index.ts';

const PEM = { required: false, multiline: true } as const;
const IS_SECURE = { tls: ['verify', 'no-check'] };

export const mqttCredential = defineCredential({
  type: 'mqtt',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: '127.0.0.1' },
    { name: 'port', kind: 'string', required: false, placeholder: '1883' },
    { name: 'user', kind: 'string', required: false },
    { name: 'password', kind: 'secret', required: false },
    { name: 'version', kind: 'select', required: true, options: ['3.1.1', '5'] },
    { name: 'keepAlive', kind: 'string', required: false, placeholder: '60' },
    { name: 'tls', kind: 'select', required: true, options: ['off', 'verify', 'no-check'] },
    { name: 'authorities', kind: 'string', ...PEM, visibleWhen: { tls: ['verify'] } },
    { name: 'certificate', kind: 'string', ...PEM, visibleWhen: IS_SECURE },
    { name: 'key', kind: 'secret', ...PEM, visibleWhen: IS_SECURE },
  ],
  async test({ data, connections, signal }) {
    const { useMqtt } = await import('./connector.ts');
    await useMqtt(connections, data, () => Promise.resolve(), signal);
  },
  texts: {
    en: {
      name: 'MQTT',
      description: 'A broker that speaks MQTT 3.1.1 or 5, such as Mosquitto or EMQX.',
      parameters: {
        host: { label: 'Host' },
        port: { label: 'Port', description: 'Empty for 1883, or 8883 with TLS.' },
        user: { label: 'User' },
        password: { label: 'Password' },
        version: { label: 'Version of MQTT', options: { '3.1.1': '3.1.1', '5': '5' } },
        keepAlive: {
          label: 'Keep alive (seconds)',
          description: 'Both sides say something at least this often.',
        },
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
        certificate: {
          label: 'Certificate of ours (PEM)',
          description: 'Where the server asks for one.',
        },
        key: { label: 'Private key of it (PEM)' },
      },
    },
    'zh-CN': {
      name: 'MQTT',
      description: '使用 MQTT 3.1.1 或 5 的服务器，如 Mosquitto、EMQX。',
      parameters: {
        host: { label: '主机' },
        port: { label: '端口', description: '留空则为 1883，启用 TLS 时为 8883。' },
        user: { label: '用户' },
        password: { label: '密码' },
        version: { label: 'MQTT 版本', options: { '3.1.1': '3.1.1', '5': '5' } },
        keepAlive: { label: '保活间隔（秒）', description: '双方至少以此间隔通信一次。' },
        tls: {
          label: 'TLS',
          options: { off: '关闭', verify: '开启并校验证书', 'no-check': '开启但不校验证书' },
        },
        authorities: { label: 'CA 证书（PEM）', description: '服务器使用自签证书时填写。' },
        certificate: { label: '客户端证书（PEM）', description: '服务器要求时填写。' },
        key: { label: '客户端私钥（PEM）' },
      },
    },
  },
});
