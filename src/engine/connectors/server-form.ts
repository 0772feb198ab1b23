import type { CredentialDefinition } from '../node-kit/index.ts';

const IS_SECURE = { tls: ['verify', 'no-check'] };
const PEM = { required: false, multiline: true } as const;

/** Whether TLS is on and what the server has to show. */
export const TLS_FIELDS: CredentialDefinition['fields'] = [
  { name: 'tls', kind: 'select', required: true, options: ['off', 'verify', 'no-check'] },
  { name: 'authorities', kind: 'string', ...PEM, visibleWhen: { tls: ['verify'] } },
];

/** What we show to a server that asks for it. */
export const CLIENT_CERTIFICATE_FIELDS: CredentialDefinition['fields'] = [
  { name: 'certificate', kind: 'string', ...PEM, visibleWhen: IS_SECURE },
  { name: 'key', kind: 'secret', ...PEM, visibleWhen: IS_SECURE },
];

const LABELS = {
  en: {
    host: { label: 'Host' },
    port: { label: 'Port' },
    database: { label: 'Database' },
    user: { label: 'User' },
    password: { label: 'Password' },
    tls: {
      label: 'TLS',
      options: {
        off: 'Off',
        verify: 'On, the certificate is checked',
        'no-check': 'On, any certificate will do',
      },
    },
    authorities: {
      label: 'Certificates of authorities (PEM)',
      description: 'Where the server has a certificate of its own making.',
    },
    certificate: { label: 'Certificate of ours (PEM)', description: 'Where the server asks for one.' },
    key: { label: 'Private key of it (PEM)' },
    poolSize: { label: 'Connections at most' },
  },
  'zh-CN': {
    host: { label: '主机' },
    port: { label: '端口' },
    database: { label: '数据库' },
    user: { label: '用户' },
    password: { label: '密码' },
    tls: {
      label: 'TLS',
      options: { off: '关闭', verify: '开启并校验证书', 'no-check': '开启但不校验证书' },
    },
    authorities: { label: 'CA 证书（PEM）', description: '服务器使用自签证书时填写。' },
    certificate: { label: '客户端证书（PEM）', description: '服务器要求时填写。' },
    key: { label: '客户端私钥（PEM）' },
    poolSize: { label: '最大连接数' },
  },
};

/** What fields that most servers' forms have are called in them. */
export function labelsOf<K extends keyof (typeof LABELS)['en']>(
  locale: keyof typeof LABELS,
  ...names: K[]
): Pick<(typeof LABELS)['en'], K> {
  const labels: (typeof LABELS)['en'] = LABELS[locale];
  return Object.fromEntries(names.map((name) => [name, labels[name]])) as Pick<(typeof LABELS)['en'], K>;
}
