import { defineCredential } from '../../node-kit/index.ts';
import { CLIENT_CERTIFICATE_FIELDS, labelsOf, TLS_FIELDS } from '../server-form.ts';

export const mqttCredential = defineCredential({
  type: 'mqtt',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: '127.0.0.1' },
    { name: 'port', kind: 'string', required: false, placeholder: '1883' },
    { name: 'user', kind: 'string', required: false },
    { name: 'password', kind: 'secret', required: false },
    { name: 'version', kind: 'select', required: true, options: ['3.1.1', '5'] },
    { name: 'keepAlive', kind: 'string', required: false, placeholder: '60' },
    ...TLS_FIELDS,
    ...CLIENT_CERTIFICATE_FIELDS,
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
        ...labelsOf('en', 'host', 'user', 'password', 'tls', 'authorities', 'certificate', 'key'),
        port: { label: 'Port', description: 'Empty for 1883, or 8883 with TLS.' },
        version: { label: 'Version of MQTT', options: { '3.1.1': '3.1.1', '5': '5' } },
        keepAlive: {
          label: 'Keep alive (seconds)',
          description: 'Both sides say something at least this often.',
        },
      },
    },
    'zh-CN': {
      name: 'MQTT',
      description: '使用 MQTT 3.1.1 或 5 的服务器，如 Mosquitto、EMQX。',
      parameters: {
        ...labelsOf('zh-CN', 'host', 'user', 'password', 'tls', 'authorities', 'certificate', 'key'),
        port: { label: '端口', description: '留空则为 1883，启用 TLS 时为 8883。' },
        version: { label: 'MQTT 版本', options: { '3.1.1': '3.1.1', '5': '5' } },
        keepAlive: { label: '保活间隔（秒）', description: '双方至少以此间隔通信一次。' },
      },
    },
  },
});
