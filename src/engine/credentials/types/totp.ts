import { defineCredential } from '../../node-kit/index.ts';

export const totp = defineCredential({
  type: 'totp',
  fields: [
    { name: 'secret', kind: 'secret', required: true, placeholder: 'BVDRSBXQB2ZEL5HE' },
    { name: 'label', kind: 'string', required: false, placeholder: 'GitHub:john' },
  ],
  texts: {
    en: {
      name: 'One-time codes (TOTP)',
      description: 'The secret an authenticator app is set up with.',
      parameters: {
        secret: { label: 'Secret', description: 'Base32, as shown beside the QR code.' },
        label: { label: 'Account' },
      },
    },
    'zh-CN': {
      name: '动态口令（TOTP）',
      description: '用于设置身份验证器的密钥。',
      parameters: {
        secret: { label: '密钥', description: '二维码旁显示的 Base32 文本。' },
        label: { label: '账户' },
      },
    },
  },
});
