import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installWithApt, isRunnable } from './apt.ts';
import { freePort } from './free-port.ts';
import { endServer, makeAccount, startPrivately } from './private-account.ts';
import type { Service } from './service.ts';

const SSHD = '/usr/sbin/sshd';

/**
 * An OpenSSH server with keys and an account of its own, always a new one: nobody knows the passwords of one that runs
 * already. Beside it lie the keys, and an agent that holds one of them.
 */
export const ssh: Service = {
  name: 'OpenSSH',
  async provide(env) {
    if (process.getuid?.() !== 0) return { missing: 'only root can start one with an account of its own' };
    const problem = isRunnable(SSHD) ? null : installWithApt(env, 'openssh-server', 'openssh-client');
    if (problem) return { missing: `there is none, ${problem}` };
    const folder = mkdtempSync(join(tmpdir(), 'guixuflow-ssh-'));
    chmodSync(folder, 0o755);
    const account = makeAccount(folder);
    const at = (name: string) => join(folder, name);
    const makeKey = (name: string, passphrase: string) =>
      spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', at(name)]);
    makeKey('host-key', '');
    makeKey('key', '');
    makeKey('locked-key', 'open sesame');
    makeKey('agent-key', '');
    spawnSync('sh', ['-c', 'cat key.pub locked-key.pub agent-key.pub > authorized-keys'], { cwd: folder });
    const port = await freePort();
    const narrowPort = await freePort();
    writeFileSync(
      at('sshd-config'),
      [
        ...[
          `Port ${port}`,
          `Port ${narrowPort}`,
          'ListenAddress 127.0.0.1',
          `HostKey ${at('host-key')}`,
          'PidFile none',
        ],
        ...[`AuthorizedKeysFile ${at('authorized-keys')}`, 'StrictModes no', 'UsePAM no'],
        ...['PasswordAuthentication yes', 'Subsystem sftp internal-sftp', 'MaxStartups 100'],
        ...[`Match LocalPort ${narrowPort}`, 'MaxSessions 2'],
      ].join('\n'),
    );
    const server = await startPrivately(folder, {
      command: [SSHD, '-D', '-f', at('sshd-config'), '-E', at('sshd-log')],
      runFolder: '/run/sshd',
      port,
    });
    const agent = spawn('ssh-agent', ['-D', '-a', at('agent')], { stdio: 'ignore' });
    const stop = async () => {
      for (const one of [server, agent]) if (one) await endServer(one);
      rmSync(folder, { recursive: true, force: true });
    };
    const hasAgent = await giveKey(at('agent'), at('agent-key'));
    if (!server || !hasAgent) {
      await stop();
      return { missing: 'it could not be started' };
    }
    return {
      env: {
        GUIXU_TEST_SSH_FOLDER: folder,
        GUIXU_TEST_SSH_PORT: String(port),
        // There it takes two sessions at a time.
        GUIXU_TEST_SSH_NARROW_PORT: String(narrowPort),
        GUIXU_TEST_SSH_USER: account.user,
        GUIXU_TEST_SSH_PASSWORD: account.password,
      },
      stop,
    };
  },
};

/** An agent that was just started takes a moment to listen. */
async function giveKey(agent: string, key: string): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt++, await sleep(100)) {
    const env = { PATH: '/usr/bin:/bin', SSH_AUTH_SOCK: agent };
    if (spawnSync('ssh-add', ['-q', key], { env, stdio: 'ignore' }).status === 0) return true;
  }
  return false;
}
