import type { CredentialDefinition } from '../../node-kit/index.ts';
import type { Server } from '../connection-failure.ts';
import type { Settings } from '../connector-user.ts';

const SECURE = { security: ['starttls', 'tls'] };

/** Where and how to sign in: the part of a form that SMTP and IMAP have in common. */
export const serverFields = (port: string, signsIn: boolean): CredentialDefinition['fields'] => [
  { name: 'host', kind: 'string', required: true, placeholder: 'mail.example.com' },
  { name: 'port', kind: 'string', required: false, placeholder: port },
  { name: 'user', kind: 'string', required: signsIn },
  { name: 'password', kind: 'secret', required: signsIn },
  { name: 'security', kind: 'select', required: true, options: ['tls', 'starttls', 'off'] },
  {
    name: 'certificate',
    kind: 'select',
    required: true,
    options: ['verify', 'no-check'],
    visibleWhen: SECURE,
  },
  {
    name: 'authorities',
    kind: 'string',
    required: false,
    multiline: true,
    visibleWhen: { ...SECURE, certificate: ['verify'] },
  },
];

export const SERVER_TEXTS = {
  en: {
    host: { label: 'Host' },
    port: { label: 'Port' },
    user: { label: 'User' },
    password: { label: 'Password', description: 'Many providers want an app password here.' },
    security: {
      label: 'Security',
      options: { tls: 'TLS from the start', starttls: 'STARTTLS, never without', off: 'None' },
    },
    certificate: {
      label: 'Certificate of the server',
      options: { verify: 'Is checked', 'no-check': 'Any will do' },
    },
    authorities: {
      label: 'Certificates of authorities (PEM)',
      description: 'Where the server has a certificate of its own making.',
    },
  },
  'zh-CN': {
    host: { label: '主机' },
    port: { label: '端口' },
    user: { label: '用户' },
    password: { label: '密码', description: '许多邮件服务商要求填写应用专用密码（授权码）。' },
    security: {
      label: '加密',
      options: { tls: '始终使用 TLS', starttls: 'STARTTLS（不允许明文）', off: '不加密' },
    },
    certificate: { label: '服务器证书', options: { verify: '校验', 'no-check': '不校验' } },
    authorities: { label: 'CA 证书（PEM）', description: '服务器使用自签证书时填写。' },
  },
};

/** Options of node:tls. */
export function tlsOptions({ certificate, authorities }: Settings): {
  rejectUnauthorized: boolean;
  ca?: string;
} {
  return { rejectUnauthorized: certificate !== 'no-check', ...(authorities && { ca: authorities }) };
}

/** The server as failures name it; `ports` are those without and with TLS from the start. */
export function serverOf(
  { host = '', port, security }: Settings,
  service: string,
  ports: { plain: number; tls: number },
): Required<Server> {
  return { service, host, port: Number(port) || (security === 'tls' ? ports.tls : ports.plain) };
}
