import { defineCredential } from '../../node-kit/index.ts';
import { SERVER_TEXTS, serverFields } from './mail-server.ts';

export const smtpCredential = defineCredential({
  type: 'smtp',
  fields: [
    ...serverFields('465', false),
    { name: 'dkimDomain', kind: 'string', required: false, placeholder: 'example.com' },
    { name: 'dkimSelector', kind: 'string', required: false },
    { name: 'dkimKey', kind: 'secret', required: false, multiline: true },
  ],
  async test({ data, connections, signal }) {
    const { useSmtp } = await import('./smtp-transport.ts');
    await useSmtp(connections, data, (transport) => transport.verify(), signal);
  },
  texts: {
    en: {
      name: 'SMTP (sending mail)',
      description: 'A server that takes mail for delivery.',
      parameters: {
        ...SERVER_TEXTS.en,
        user: { label: 'User', description: 'Empty where the server wants no sign-in.' },
        dkimDomain: {
          label: 'DKIM domain',
          description: 'Where the server does not sign mail itself. Empty for no signature.',
        },
        dkimSelector: {
          label: 'DKIM selector',
          description: 'The public key is found in DNS at <selector>._domainkey.<domain>.',
        },
        dkimKey: { label: 'DKIM private key (PEM)' },
      },
    },
    'zh-CN': {
      name: 'SMTP（发送邮件）',
      description: '用于投递邮件的服务器。',
      parameters: {
        ...SERVER_TEXTS['zh-CN'],
        user: { label: '用户', description: '服务器不要求登录时留空。' },
        dkimDomain: { label: 'DKIM 域名', description: '服务器自身不签名时填写；留空则不签名。' },
        dkimSelector: {
          label: 'DKIM 选择器',
          description: '公钥位于 DNS 的 <选择器>._domainkey.<域名>。',
        },
        dkimKey: { label: 'DKIM 私钥（PEM）' },
      },
    },
  },
});
