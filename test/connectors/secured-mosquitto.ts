import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freePort } from '../../scripts/services/free-port.ts';
import { startMosquitto } from '../../scripts/services/mosquitto.ts';
import { serverCertificate } from './server-certificate.ts';

/** A broker that lets only `ann` in, with the password `open sesame`, without TLS and with it; `secret/#` is not hers. */
export async function startSecuredMosquitto(program: string) {
  const [port, tlsPort] = [await freePort(), await freePort()];
  const { cert, key, authorities } = await serverCertificate();
  const settings = (folder: string) => {
    const lay = (name: string, text: string) => {
      const path = join(folder, name);
      writeFileSync(path, text, { mode: 0o600 });
      return path;
    };
    const passwords = join(folder, 'passwords');
    const makePassword = join(dirname(program), '../bin/mosquitto_passwd');
    const { status } = spawnSync(makePassword, ['-b', '-c', passwords, 'ann', 'open sesame']);
    if (status !== 0) throw new Error(`${makePassword} failed`);
    return [
      'allow_anonymous false',
      `password_file ${passwords}`,
      `acl_file ${lay('acl', 'user ann\ntopic readwrite open/#\n')}`,
      `listener ${port} 127.0.0.1`,
      `listener ${tlsPort} 127.0.0.1`,
      `certfile ${lay('cert.pem', cert)}`,
      `keyfile ${lay('key.pem', key)}`,
    ];
  };
  const server = await startMosquitto(program, settings, [port, tlsPort]);
  return { server, port: String(port), tlsPort: String(tlsPort), authorities };
}
