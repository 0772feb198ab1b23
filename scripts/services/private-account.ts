import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answers } from './own-server.ts';

/** Free on a usual system. */
const UID = 61_234;
const START_MS = 10_000;

/** An account that only servers started by `startPrivately` know. */
export interface Account {
  user: string;
  password: string;
  home: string;
}

/** Makes the files that a system's accounts are in, with one more in them. Root only. */
export function makeAccount(folder: string): Account {
  const account = { user: 'guixu-test', password: 'p:ss wörd 归墟', home: join(folder, 'home') };
  mkdirSync(account.home);
  chownSync(account.home, UID, UID);
  const { stdout } = spawnSync('openssl', ['passwd', '-6', '-stdin'], { input: account.password });
  const passwd = `${account.user}:x:${UID}:${UID}::${account.home}:/bin/sh\n`;
  writeFileSync(join(folder, 'passwd'), readFileSync('/etc/passwd', 'utf8') + passwd);
  writeFileSync(join(folder, 'group'), `${readFileSync('/etc/group', 'utf8')}${account.user}:x:${UID}:\n`);
  const shadow = `${account.user}:${stdout.toString().trim()}:19000:0:99999:7:::\n`;
  // Of the others nobody needs to sign in.
  writeFileSync(join(folder, 'shadow'), shadow, { mode: 0o600 });
  return account;
}

/**
 * Starts a server in a mount namespace of its own, in which the account exists and /run is empty but for `runFolder`: the
 * machine's own accounts stay as they are. Null when it does not answer at the port.
 */
export async function startPrivately(
  folder: string,
  { command, runFolder, port }: { command: readonly string[]; runFolder: string; port: number },
): Promise<ChildProcess | null> {
  const script = [
    ...['passwd', 'group', 'shadow'].map((name) => `mount --bind '${join(folder, name)}' /etc/${name}`),
    'mount -t tmpfs tmpfs /run',
    `mkdir -p '${runFolder}'`,
    'exec "$@"',
  ].join(' && ');
  const child = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', ...command], { stdio: 'ignore' });
  child.on('error', () => undefined);
  for (const end = Date.now() + START_MS; Date.now() < end && child.exitCode === null; await sleep(50))
    if (await answers(port)) return child;
  await endServer(child);
  return null;
}

/** Ends what was started, and resolves once it is gone: until then it writes to its folder. */
export async function endServer(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill();
  await gone;
}
