import {
  createTransport,
  type SMTPPoolOptions,
  type SMTPPoolSentMessageInfo,
  type Transporter,
} from 'nodemailer';
import type { Connector } from '../../node-kit/index.ts';
import { userOf } from '../connector-user.ts';
import type { Settings } from '../connector-user.ts';
import { serverOf, tlsOptions } from './mail-server.ts';
import { SMTP_PORTS, smtpFailure } from './smtp-failure.ts';

export type SmtpTransport = Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>;

/** More at a time are refused by many providers. */
export const SMTP_CONNECTIONS = 4;
const CONNECT_MS = 15_000;
const SILENCE_MS = 120_000;

const connector: Connector<Settings, SmtpTransport> = {
  kind: 'smtp',
  open(settings) {
    const { user, password = '', security, dkimDomain, dkimSelector, dkimKey } = settings;
    const { host, port } = serverOf(settings, 'SMTP', SMTP_PORTS);
    return Promise.resolve(
      createTransport({
        pool: true,
        host,
        port,
        secure: security === 'tls',
        // STARTTLS that whoever is in the middle can take away protects nobody.
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'off',
        tls: tlsOptions(settings),
        ...(user && { auth: { user, pass: password } }),
        ...(dkimDomain &&
          dkimSelector &&
          dkimKey && { dkim: { domainName: dkimDomain, keySelector: dkimSelector, privateKey: dkimKey } }),
        maxConnections: SMTP_CONNECTIONS,
        // Nobody knows whether a message whose connection broke was taken: only the engine may decide to repeat it.
        maxRequeues: 0,
        connectionTimeout: CONNECT_MS,
        greetingTimeout: CONNECT_MS,
        socketTimeout: SILENCE_MS,
        // What a message holds comes from items, and never from addresses or paths in them.
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
    );
  },
  close: (transport) => transport.close(),
};

/** Works with a pool of connections that its users share. Throws NodeErrors. */
export const useSmtp = userOf(connector, smtpFailure);
