import { defineCredential } from '../../node-kit/index.ts';

/** Signs requests with AWS Signature Version 4, which services that are compatible with S3 take too. */
export const aws = defineCredential({
  type: 'aws',
  fields: [
    { name: 'accessKeyId', kind: 'string', required: true },
    { name: 'secretAccessKey', kind: 'secret', required: true },
    { name: 'sessionToken', kind: 'secret', required: false },
    { name: 'region', kind: 'string', required: false, placeholder: 'us-east-1' },
    { name: 'service', kind: 'string', required: false, placeholder: 's3' },
  ],
  texts: {
    en: {
      name: 'AWS Signature V4',
      description: 'Signs requests to AWS and to services that sign alike.',
      parameters: {
        accessKeyId: { label: 'Access key id' },
        secretAccessKey: { label: 'Secret access key' },
        sessionToken: { label: 'Session token', description: 'Of temporary keys.' },
        region: { label: 'Region', description: 'Empty: as the address says.' },
        service: { label: 'Service', description: 'Empty: as the address says.' },
      },
    },
    'zh-CN': {
      name: 'AWS 签名 V4',
      description: '为发往 AWS 及采用相同签名方式的服务的请求签名。',
      parameters: {
        accessKeyId: { label: '访问密钥 ID' },
        secretAccessKey: { label: '私有访问密钥' },
        sessionToken: { label: '会话令牌', description: '使用临时密钥时填写。' },
        region: { label: '区域', description: '留空则从地址中识别。' },
        service: { label: '服务', description: '留空则从地址中识别。' },
      },
    },
  },
});
