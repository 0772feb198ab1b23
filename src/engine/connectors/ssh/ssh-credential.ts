import { defineCredential } from '../../node-kit/index.ts';
import { labelsOf } from '../server-form.ts';

const BY_KEY = { method: ['key'] };

export const sshCredential = defineCredential({
  type: 'ssh',
  fields: [
    { name: 'host', kind: 'string', required: true, placeholder: '192.168.1.10' },
    { name: 'port', kind: 'string', required: false, placeholder: '22' },
    { name: 'user', kind: 'string', required: true, placeholder: 'deploy' },
    { name: 'method', kind: 'select', required: true, options: ['password', 'key', 'agent'] },
    { name: 'password', kind: 'secret', required: true, visibleWhen: { method: ['password'] } },
    { name: 'privateKey', kind: 'secret', required: true, multiline: true, visibleWhen: BY_KEY },
    { name: 'passphrase', kind: 'secret', required: false, visibleWhen: BY_KEY },
    {
      name: 'agent',
      kind: 'string',
      required: true,
      placeholder: '/run/user/1000/ssh-agent.socket',
      visibleWhen: { method: ['agent'] },
    },
    { name: 'hostKey', kind: 'string', required: false, placeholder: 'SHA256:…' },
  ],
  async test({ data, connections, signal }) {
    const { useSsh } = await import('./connector.ts');
    await useSsh(connections, data, () => Promise.resolve(), signal);
  },
  texts: {
    en: {
      name: 'SSH and SFTP',
      description: 'An SSH server, for commands and for files.',
      parameters: {
        ...labelsOf('en', 'host', 'port', 'user', 'password'),
        method: {
          label: 'Sign in with',
          options: { password: 'A password', key: 'A private key', agent: 'A key in an SSH agent' },
        },
        privateKey: {
          label: 'Private key',
          description: 'The whole file, in the format of OpenSSH, PEM or PuTTY.',
        },
        passphrase: { label: 'Passphrase of the key' },
        agent: {
          label: 'Socket of the agent',
          description:
            'On the machine the engine is on: what SSH_AUTH_SOCK says; \\\\.\\pipe\\openssh-ssh-agent or pageant on Windows.',
        },
        hostKey: {
          label: 'Host key fingerprint',
          description:
            'Leave it empty and test: the message says the fingerprint that the server shows. Compare it, and paste it here.',
        },
      },
    },
    'zh-CN': {
      name: 'SSH 与 SFTP',
      description: 'SSH 服务器，用于执行命令和传输文件。',
      parameters: {
        ...labelsOf('zh-CN', 'host', 'port', 'user', 'password'),
        method: {
          label: '登录方式',
          options: { password: '密码', key: '私钥', agent: 'SSH 代理中的密钥' },
        },
        privateKey: { label: '私钥', description: '完整的密钥文件内容，支持 OpenSSH、PEM 和 PuTTY 格式。' },
        passphrase: { label: '私钥口令' },
        agent: {
          label: '代理的套接字',
          description:
            '位于引擎所在的机器：SSH_AUTH_SOCK 的值；Windows 上为 \\\\.\\pipe\\openssh-ssh-agent 或 pageant。',
        },
        hostKey: {
          label: '主机密钥指纹',
          description: '先留空并测试：提示信息会显示服务器的指纹。核对无误后粘贴到此处。',
        },
      },
    },
  },
});
