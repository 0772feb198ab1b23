import { defineCredential } from '../../node-kit/index.ts';

export const jwt = defineCredential({
  type: 'jwt',
  fields: [
    { name: 'keyType', kind: 'select', required: true, options: ['passphrase', 'pem-key'] },
    { name: 'secret', kind: 'secret', required: true, visibleWhen: { keyType: ['passphrase'] } },
    {
      name: 'privateKey',
      kind: 'secret',
      required: false,
      multiline: true,
      visibleWhen: { keyType: ['pem-key'] },
    },
    {
      name: 'publicKey',
      kind: 'string',
      required: false,
      multiline: true,
      visibleWhen: { keyType: ['pem-key'] },
    },
    {
      name: 'algorithm',
      kind: 'select',
      required: true,
      // RFC 7518, section 3.1.
      options: [
        ...['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'],
        ...['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'],
      ],
    },
  ],
  texts: {
    en: {
      name: 'JWT',
      description: 'Signs and checks JSON web tokens.',
      parameters: {
        keyType: {
          label: 'Kind of key',
          options: { passphrase: 'Shared secret', 'pem-key': 'Key pair (PEM)' },
        },
        secret: { label: 'Secret' },
        privateKey: { label: 'Private key', description: 'To sign. With its BEGIN and END lines.' },
        publicKey: { label: 'Public key', description: 'To check. With its BEGIN and END lines.' },
        algorithm: {
          label: 'Algorithm',
          description: 'HS… for a shared secret, the others for key pairs.',
        },
      },
    },
    'zh-CN': {
      name: 'JWT',
      description: '签发和校验 JSON Web Token。',
      parameters: {
        keyType: { label: '密钥类型', options: { passphrase: '共享密钥', 'pem-key': '密钥对（PEM）' } },
        secret: { label: '密钥' },
        privateKey: { label: '私钥', description: '用于签发，包含 BEGIN 和 END 行。' },
        publicKey: { label: '公钥', description: '用于校验，包含 BEGIN 和 END 行。' },
        algorithm: { label: '算法', description: '共享密钥用 HS…，密钥对用其余算法。' },
      },
    },
  },
});
