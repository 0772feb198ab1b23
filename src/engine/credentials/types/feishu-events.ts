import { defineCredential } from '../../node-kit/index.ts';

export const feishuEvents = defineCredential({
  type: 'feishu-events',
  fields: [
    { name: 'encryptKey', kind: 'secret', required: false },
    { name: 'verificationToken', kind: 'secret', required: false },
  ],
  texts: {
    en: {
      name: 'Feishu or Lark events',
      description: 'From "Events & callbacks" in the developer console; one of the two is needed.',
      parameters: {
        encryptKey: { label: 'Encrypt Key', description: 'With it, events are encrypted and signed.' },
        verificationToken: { label: 'Verification Token' },
      },
    },
    'zh-CN': {
      name: '飞书事件订阅',
      description: '来自飞书开发者后台的“事件与回调”，两项至少填写一项。',
      parameters: {
        encryptKey: { label: 'Encrypt Key', description: '设置后事件会加密并签名。' },
        verificationToken: { label: 'Verification Token' },
      },
    },
  },
});
