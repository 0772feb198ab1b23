import { defineCredential } from '../../node-kit/index.ts';
import { labelsOf } from '../server-form.ts';

const SECURE = ['verify', 'no-check'];

export const ftpCredential = defineCredential({
  type: 'ftp',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: 'ftp.example.com' },
    { name: 'port', kind: 'string', required: false, placeholder: '21' },
    { name: 'user', kind: 'string', required: false, placeholder: 'anonymous' },
    { name: 'password', kind: 'secret', required: false },
    { name: 'tls', kind: 'select', required: true, options: ['verify', 'no-check', 'off'] },
    {
      name: 'tlsStart',
      kind: 'select',
      required: true,
      options: ['explicit', 'implicit'],
      visibleWhen: { tls: SECURE },
    },
    {
      name: 'authorities',
      kind: 'string',
      required: false,
      multiline: true,
      visibleWhen: { tls: ['verify'] },
    },
  ],
  async test({ data, connections, signal }) {
    const { ftpServer } = await import('./connector.ts');
    // Listing also opens a connection for data, which is what fails behind firewalls.
    await ftpServer(connections, data).use((files) => files.list('.'), signal);
  },
  texts: {
    en: {
      name: 'FTP',
      description: 'An FTP server, with TLS (FTPS) or without. For SFTP choose "SSH and SFTP".',
      parameters: {
        ...labelsOf('en', 'host', 'user', 'password', 'authorities'),
        port: { label: 'Port', description: 'Empty: 21, or 990 where TLS is on from the start.' },
        tls: {
          label: 'TLS',
          options: {
            verify: 'On, the certificate is checked',
            'no-check': 'On, any certificate will do',
            off: 'Off: passwords and files can be read on the way',
          },
        },
        tlsStart: {
          label: 'TLS begins',
          options: { explicit: 'When it is asked for (explicit)', implicit: 'From the start (implicit)' },
        },
      },
    },
    'zh-CN': {
      name: 'FTP',
      description: 'FTP 服务器，可使用 TLS（FTPS）。SFTP 请选择“SSH 与 SFTP”。',
      parameters: {
        ...labelsOf('zh-CN', 'host', 'user', 'password', 'authorities'),
        port: { label: '端口', description: '留空则为 21；隐式 TLS 为 990。' },
        tls: {
          label: 'TLS',
          options: {
            verify: '开启并校验证书',
            'no-check': '开启但不校验证书',
            off: '关闭：密码和文件在传输途中可被读取',
          },
        },
        tlsStart: {
          label: 'TLS 开始方式',
          options: { explicit: '请求后开始（显式）', implicit: '一开始就使用（隐式）' },
        },
      },
    },
  },
});
