import { defineCredential } from '../../node-kit/index.ts';

export const signingSecret = defineCredential({
  type: 'signing-secret',
  fields: [{ name: 'secret', kind: 'secret', required: true }],
  texts: {
    en: {
      name: 'Signing secret',
      description: 'A key shared with a receiver, who checks by it that a callback came from here.',
      parameters: { secret: { label: 'Secret', description: 'At least 32 random characters.' } },
    },
    'zh-CN': {
      name: '签名密钥',
      description: '与接收方共享的密钥，对方用它验证回调确实来自这里。',
      parameters: { secret: { label: '密钥', description: '建议至少 32 个随机字符。' } },
    },
  },
});
