import { defineCredential } from '../../node-kit/index.ts';

export const queryAuth = defineCredential({
  type: 'query-auth',
  fields: [
    { name: 'name', kind: 'string', required: true, placeholder: 'api_key' },
    { name: 'value', kind: 'secret', required: true },
  ],
  texts: {
    en: {
      name: 'Query parameter',
      description: 'A secret sent in the address, as a query parameter of your choice.',
      parameters: { name: { label: 'Parameter name' }, value: { label: 'Value' } },
    },
    'zh-CN': {
      name: '查询参数认证',
      description: '通过网址中的自定义查询参数发送密钥。',
      parameters: { name: { label: '参数名称' }, value: { label: '值' } },
    },
  },
});
