import { defineCredential } from '../../node-kit/index.ts';

export const webhookSecret = defineCredential({
  type: 'webhook-secret',
  fields: [{ name: 'secret', kind: 'secret', required: true }],
  texts: {
    en: {
      name: 'Webhook secret',
      description:
        'What a sender signs its calls with, such as GitHub, Gitee, Stripe or a robot of DingTalk.',
      parameters: {
        secret: {
          label: 'Secret',
          description: 'The same text as at the sender; for a robot of DingTalk, its AppSecret.',
        },
      },
    },
    'zh-CN': {
      name: 'Webhook 密钥',
      description: '发送方用于签名的密钥，例如 GitHub、Gitee、Stripe 或钉钉机器人。',
      parameters: {
        secret: { label: '密钥', description: '与发送方设置的文本一致；钉钉机器人填写 AppSecret。' },
      },
    },
  },
});
