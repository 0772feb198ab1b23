import { defineCredential } from '../../node-kit/index.ts';

const PEM = { multiline: true, placeholder: '-----BEGIN …' };

/** A certificate that the client shows in the TLS handshake (mutual TLS). */
export const clientCertificate = defineCredential({
  type: 'client-certificate',
  fields: [
    { name: 'certificate', kind: 'string', required: true, ...PEM },
    { name: 'key', kind: 'secret', required: true, ...PEM },
    { name: 'passphrase', kind: 'secret', required: false },
    { name: 'authorities', kind: 'string', required: false, ...PEM },
  ],
  texts: {
    en: {
      name: 'Client certificate (mTLS)',
      description: 'Shown to the server when the secure connection is made.',
      parameters: {
        certificate: { label: 'Certificate (PEM)' },
        key: { label: 'Private key (PEM)' },
        passphrase: { label: 'Passphrase of the key' },
        authorities: {
          label: 'Certificates of authorities (PEM)',
          description:
            'Whom to trust in place of the usual ones, where the server has a certificate of its own making.',
        },
      },
    },
    'zh-CN': {
      name: '客户端证书（mTLS）',
      description: '建立安全连接时向服务器出示。',
      parameters: {
        certificate: { label: '证书（PEM）' },
        key: { label: '私钥（PEM）' },
        passphrase: { label: '私钥口令' },
        authorities: {
          label: 'CA 证书（PEM）',
          description: '服务器使用自签证书时，用于代替系统信任的 CA。',
        },
      },
    },
  },
});
