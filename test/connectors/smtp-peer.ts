import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { generate } from 'selfsigned';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it arrived. */
export interface ReceivedMail {
  from: string;
  to: string[];
  source: Buffer;
  mail: Email;
}

export interface SmtpPeer {
  server: SMTPServer;
  port: number;
  /** The certificate it shows, for 127.0.0.1. */
  certificate: string;
  received: ReceivedMail[];
  stop(): Promise<void>;
}

export const SMTP_PASSWORD = 'planted-right-secret';

/** A mail server on a free port of the loopback interface that keeps what it gets. It refuses `refused@…`. */
export async function startSmtpPeer(options: SMTPServerOptions = {}): Promise<SmtpPeer> {
  const { private: key, cert: certificate } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    key,
    cert: certificate,
    logger: false,
    closeTimeout: 1,
    onAuth({ username, password }, _session, done) {
      if (username === 'robot' && password === SMTP_PASSWORD) done(null, { user: username });
      else done(Object.assign(new Error('Wrong user or password'), { responseCode: 535 }));
    },
    onRcptTo({ address }, _session, done) {
      done(address.startsWith('refused@') ? new Error('No such mailbox here') : null);
    },
    onData(stream, session, done) {
      const take = async () => {
        const source = Buffer.concat(await stream.toArray());
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          source,
          mail: await PostalMime.parse(source),
        });
      };
      take().then(() => done(null, 'taken'), done);
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    ...{ server, port, certificate, received },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
