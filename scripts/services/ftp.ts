import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installWithApt, isRunnable } from './apt.ts';
import { freePort } from './free-port.ts';
import { endServer, makeAccount, startPrivately } from './private-account.ts';
import type { Service } from './service.ts';

const VSFTPD = '/usr/sbin/vsftpd';
const EMPTY_FOLDER = '/run/vsftpd/empty';

/**
 * Two vsftpd with an account and a certificate of their own: one takes TLS when asked to, the other from the start. Always
 * new ones: nobody knows the passwords of those that run already.
 */
export const ftp: Service = {
  name: 'FTP (vsftpd)',
  async provide(env) {
    if (process.getuid?.() !== 0) return { missing: 'only root can start one with an account of its own' };
    const problem = isRunnable(VSFTPD) ? null : installWithApt(env, 'vsftpd');
    if (problem) return { missing: `there is none, ${problem}` };
    const folder = mkdtempSync(join(tmpdir(), 'guixuflow-ftp-'));
    chmodSync(folder, 0o755);
    const account = makeAccount(folder);
    makeCertificate(folder);
    const ports = [await freePort(), await freePort()] as const;
    const servers = await Promise.all(
      ports.map((port, index) => {
        const config = join(folder, `vsftpd-${index}.conf`);
        writeFileSync(config, configuration(folder, port, index === 1));
        return startPrivately(folder, { command: [VSFTPD, config], runFolder: EMPTY_FOLDER, port });
      }),
    );
    const stop = async () => {
      for (const server of servers) if (server) await endServer(server);
      rmSync(folder, { recursive: true, force: true });
    };
    if (servers.includes(null)) {
      await stop();
      return { missing: 'it could not be started' };
    }
    return {
      env: {
        GUIXU_TEST_FTP_FOLDER: folder,
        GUIXU_TEST_FTP_PORT: String(ports[0]),
        GUIXU_TEST_FTP_IMPLICIT_PORT: String(ports[1]),
        GUIXU_TEST_FTP_USER: account.user,
        GUIXU_TEST_FTP_PASSWORD: account.password,
      },
      stop,
    };
  },
};

function makeCertificate(folder: string): void {
  const names = ['-subj', '/CN=guixu-test', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')];
  spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names, ...files]);
}

function configuration(folder: string, port: number, isImplicit: boolean): string {
  return [
    ...['listen=YES', 'listen_address=127.0.0.1', `listen_port=${port}`, 'background=NO'],
    ...['anonymous_enable=NO', 'local_enable=YES', 'write_enable=YES', 'pam_service_name=vsftpd'],
    ...[`secure_chroot_dir=${EMPTY_FOLDER}`, 'seccomp_sandbox=NO', 'local_umask=022'],
    ...['ssl_enable=YES', 'force_local_logins_ssl=NO', 'force_local_data_ssl=NO', 'require_ssl_reuse=YES'],
    ...[
      `rsa_cert_file=${join(folder, 'certificate.pem')}`,
      `rsa_private_key_file=${join(folder, 'key.pem')}`,
    ],
    ...['ssl_ciphers=HIGH', 'utf8_filesystem=YES', `implicit_ssl=${isImplicit ? 'YES' : 'NO'}`],
    '',
  ].join('\n');
}
