import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import type { ClientChannel } from 'ssh2';
import { NodeError } from '../../node-kit/index.ts';
import type { SshConnection } from './connector.ts';
import { endCommand } from './end-command.ts';
import { openSession } from './open-session.ts';

export interface RemoteCommand {
  command: string;
  input: AsyncIterable<Uint8Array> | null;
  /** Bytes that each output may have, where it is kept in memory. */
  outputLimit: number;
  /** Takes what the command writes while it writes it; without it, it is kept in memory. */
  takeOutput?: (content: AsyncIterable<Uint8Array>) => Promise<void>;
}

/** How a command ended: with a code, by a signal, or with neither where the server tells none. */
export interface RemoteResult {
  exitCode: number | null;
  signal: string | null;
  stdout: Buffer;
  stderr: Buffer;
}

type CommandEnd = Pick<RemoteResult, 'exitCode' | 'signal'>;

/**
 * Runs a command on the server, whatever its exit code. It is ended there when the signal aborts. Throws
 * COMMAND_OUTPUT_TOO_LARGE, and what the driver throws.
 */
export function runCommand(
  connection: SshConnection,
  request: RemoteCommand,
  signal: AbortSignal,
): Promise<RemoteResult> {
  return connection.commands.use(async () => {
    const { client } = connection;
    const end: { told?: CommandEnd } = {};
    const channel = await openSession<ClientChannel>(
      (done) =>
        client.exec(request.command, (error, opened) => {
          // Of a short command the end is told before those who await the channel get it.
          if (!error)
            opened.on('exit', (exitCode: number | null, endedBy?: string) => {
              end.told = { exitCode, signal: endedBy ?? null };
            });
          done(error, opened);
        }),
      signal,
    );
    const failed = Promise.withResolvers<never>();
    const abort = () => failed.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      signal.throwIfAborted();
      return await Promise.race([
        follow({ connection, channel, end }, request, failed.reject),
        failed.promise,
      ]);
    } catch (error) {
      await endCommand(channel);
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }, signal);
}

async function follow(
  {
    connection,
    channel,
    end,
  }: { connection: SshConnection; channel: ClientChannel; end: { told?: CommandEnd } },
  { input, outputLimit, takeOutput }: RemoteCommand,
  fail: (error: unknown) => void,
): Promise<RemoteResult> {
  const closed = once(channel, 'close');
  const stderr = collect(channel.stderr, outputLimit, fail);
  const stdout = takeOutput ? [] : collect(channel, outputLimit, fail);
  const taken = takeOutput?.(passed(channel));
  feed(channel, input, fail);
  await Promise.all([closed, taken]);
  if (!end.told && !connection.isUsable) throw new Error('connection lost');
  return {
    exitCode: null,
    signal: null,
    ...end.told,
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr),
  };
}

function collect(output: Readable, limit: number, fail: (error: unknown) => void): Buffer[] {
  const chunks: Buffer[] = [];
  let size = 0;
  output.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else fail(new NodeError('COMMAND_OUTPUT_TOO_LARGE', { limitMb: limit / 1024 ** 2 }));
  });
  return chunks;
}

/** Whoever reads a channel to its end would destroy it, with what is still to be told on it. */
function passed(channel: ClientChannel): PassThrough {
  const content = new PassThrough();
  channel.pipe(content);
  return content;
}

function feed(channel: ClientChannel, input: RemoteCommand['input'], fail: (error: unknown) => void): void {
  if (!input) {
    channel.end();
    return;
  }
  const source = Readable.from(input, { objectMode: false });
  source.on('error', fail);
  // A command may end without having read all of its input.
  channel.on('close', () => source.destroy());
  channel.on('error', () => source.destroy());
  source.pipe(channel);
}
