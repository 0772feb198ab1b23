import { defineCredential } from '../../node-kit/index.ts';

export const customAuth = defineCredential({
  type: 'custom-auth',
  fields: [
    {
      name: 'json',
      kind: 'secret',
      required: true,
      multiline: true,
      placeholder: '{ "headers": { "X-App": "…" }, "qs": { "key": "…" }, "body": { "token": "…" } }',
    },
  ],
  texts: {
    en: {
      name: 'Several fields',
      description: 'Secrets sent in headers, query parameters and the body at once.',
      parameters: {
        json: {
          label: 'JSON',
          description: 'An object with "headers", "qs" and "body", each of them optional.',
        },
      },
    },
    'zh-CN': {
      name: '多字段认证',
      description: '同时通过请求头、查询参数和请求体发送密钥。',
      parameters: {
        json: { label: 'JSON', description: '包含 "headers"、"qs" 和 "body" 的对象，均可省略。' },
      },
    },
  },
});
