import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const READY_MS = 20_000;

export interface OwnServer {
  /** What it wrote so far. */
  log(): string;
  /** Ends it, at once with `SIGKILL`, and resolves when it has ended. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Runs a server and resolves once it listens on all of these loopback ports. Throws with what it wrote when it does not. */
export async function startOwnServer(
  program: string,
  args: readonly string[],
  ports: readonly number[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<OwnServer> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  const ended = once(child, 'exit');
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    if (isRunning()) child.kill(signal);
    await ended;
  };
  const deadline = Date.now() + READY_MS;
  for (const port of ports)
    while (!(await answers(port))) {
      if (isRunning() && Date.now() < deadline) {
        await wait(50);
        continue;
      }
      await stop('SIGKILL');
      throw new Error(`${program} did not start: ${written}`);
    }
  return { log: () => written, stop };
}

/** Whether something listens on the loopback port. */
export async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
