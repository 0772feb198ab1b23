import { defineCredential } from '../../node-kit/index.ts';

export const headerAuth = defineCredential({
  type: 'header-auth',
  fields: [
    { name: 'name', kind: 'string', required: true, placeholder: 'X-API-Key' },
    { name: 'value', kind: 'secret', required: true },
  ],
  texts: {
    en: {
      name: 'Header',
      description: 'A secret sent in a header of your choice.',
      parameters: {
        name: { label: 'Header name' },
        value: { label: 'Value', description: 'Sent as it is, without a prefix.' },
      },
    },
    'zh-CN': {
      name: '请求头认证',
      description: '通过自定义请求头发送密钥。',
      parameters: {
        name: { label: '请求头名称' },
        value: { label: '值', description: '原样发送，不加前缀。' },
      },
    },
  },
});
