import { defineCredential } from '../../node-kit/index.ts';

export const encryptedCallback = defineCredential({
  type: 'encrypted-callback',
  fields: [
    { name: 'token', kind: 'secret', required: true },
    { name: 'aesKey', kind: 'secret', required: true },
    { name: 'receiver', kind: 'string', required: false, placeholder: 'ww1234567890abcdef' },
  ],
  texts: {
    en: {
      name: 'Encrypted callback (WeCom, DingTalk)',
      description: 'The token and the AES key of a callback address, from the console of WeCom or DingTalk.',
      parameters: {
        token: { label: 'Token' },
        aesKey: { label: 'EncodingAESKey', description: '43 letters and digits.' },
        receiver: {
          label: 'CorpID or AppKey',
          description: 'WeCom: the CorpID; DingTalk: the AppKey. Messages for others are refused.',
        },
      },
    },
    'zh-CN': {
      name: '加密回调（企业微信、钉钉）',
      description: '回调地址的 Token 和 AES 密钥，来自企业微信或钉钉的管理后台。',
      parameters: {
        token: { label: 'Token' },
        aesKey: { label: 'EncodingAESKey', description: '43 位字母和数字。' },
        receiver: {
          label: 'CorpID 或 AppKey',
          description: '企业微信填写企业 ID，钉钉填写 AppKey；发给其他接收方的消息会被拒绝。',
        },
      },
    },
  },
});
