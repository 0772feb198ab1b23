import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generate } from 'selfsigned';
import { installWithApt } from './apt.ts';
import type { Provided, Service } from './service.ts';

const PROGRAM = '/usr/sbin/dovecot';
const PASSWORD = 'planted-right-secret';
/** nobody and nogroup, as Debian numbers them: whose mail it is. */
const OWNER = 65_534;

/** The IMAP server in `GUIXU_TEST_IMAP_URL`, or a Dovecot of its own: only root may start one, and sign-in has to be known. */
export const dovecot: Service = {
  name: 'Dovecot',
  async provide(env): Promise<Provided | { missing: string }> {
    const url = env['GUIXU_TEST_IMAP_URL'];
    if (url) return { env: { GUIXU_TEST_IMAP_URL: url } };
    // Its package would start a server on the standard ports otherwise.
    const problem = existsSync(PROGRAM) ? null : installWithApt({ ...env, RUNLEVEL: '1' }, 'dovecot-imapd');
    if (problem) return { missing: `none is installed, ${problem}` };
    if (process.getuid?.() !== 0) return { missing: 'only root can start one' };
    const folder = mkdtempSync(join(tmpdir(), 'guixu-dovecot-'));
    const port = await freePort();
    const config = await configure(folder, port);
    const child = spawn(PROGRAM, ['-F', '-c', config], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    const stop = async () => {
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    };
    if (!(await answers(port))) {
      await stop();
      return { missing: 'it did not start' };
    }
    return {
      env: {
        GUIXU_TEST_IMAP_URL: `imap://guixu:${PASSWORD}@127.0.0.1:${port}`,
        GUIXU_TEST_IMAP_AUTHORITY: join(folder, 'cert.pem'),
      },
      stop,
    };
  },
};

async function configure(folder: string, port: number): Promise<string> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  writeFileSync(join(folder, 'cert.pem'), cert);
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 });
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'mail'));
  chownSync(join(folder, 'mail'), OWNER, OWNER);
  const config = join(folder, 'dovecot.conf');
  writeFileSync(
    config,
    `base_dir = ${folder}/run
protocols = imap
listen = 127.0.0.1
log_path = ${folder}/log
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
first_valid_uid = 1
mail_max_userip_connections = 100
mail_location = maildir:${folder}/mail/%u
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${OWNER} gid=${OWNER} home=${folder}/mail/%u
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
namespace inbox {
  inbox = yes
}
`,
  );
  return config;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function answers(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'data');
      return true;
    } catch {
      await sleep(100);
    } finally {
      socket.destroy();
    }
  }
  return false;
}
