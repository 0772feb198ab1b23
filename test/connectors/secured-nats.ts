import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../scripts/services/free-port.ts';
import { startNats } from '../../scripts/services/nats.ts';
import { serverCertificate } from './server-certificate.ts';

/**
 * Two servers that let only `ann` in, with the password `open sesame`, the second by TLS alone; subjects other than
 * `open.>` are not hers. A third wants the token `let me in`.
 */
export async function startSecuredNats(program: string) {
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  const { cert, key, authorities } = await serverCertificate();
  const allow = '["open.>", "_INBOX.>", "$JS.>"]';
  const users = `authorization { users: [{ user: ann, password: "open sesame", permissions: { publish: ${allow}, subscribe: ${allow} } }] }`;
  const withTls = (folder: string) => {
    const lay = (name: string, text: string) => {
      writeFileSync(join(folder, name), text, { mode: 0o600 });
      return join(folder, name);
    };
    return [users, `tls { cert_file: "${lay('cert.pem', cert)}", key_file: "${lay('key.pem', key)}" }`];
  };
  const servers = [
    await startNats(program, ports[0], () => [users]),
    await startNats(program, ports[1], withTls),
    await startNats(program, ports[2], () => ['authorization { token: "let me in" }']),
  ];
  const [port, tlsPort, tokenPort] = ports.map(String) as [string, string, string];
  const stop = async () => {
    for (const server of servers) await server.stop();
  };
  return { port, tlsPort, tokenPort, authorities, stop };
}
