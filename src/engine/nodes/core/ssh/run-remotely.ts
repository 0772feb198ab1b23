import type { BinaryReference, Item } from '../../../../contract/index.ts';
import { runCommand, type RemoteResult, type SshConnection } from '../../../connectors/ssh/index.ts';
import { NodeError, type BinaryStore } from '../../../node-kit/index.ts';
import { inputOf } from './input-of.ts';
import { shellLine } from './shell-line.ts';
import type { SshSettings } from './ssh-parameters.ts';

/** The end of an error output says what went wrong; the beginning can be long. */
const SHOWN_CHARACTERS = 1000;

/**
 * Runs the command for an item and gives what came of it, with the output as a file where that is asked for. Throws
 * COMMAND_FAILED, COMMAND_KILLED, COMMAND_TIMEOUT, COMMAND_OUTPUT_TOO_LARGE.
 */
export async function runRemotely(
  connection: SshConnection,
  item: Item,
  settings: SshSettings,
  { binary, signal }: { binary: BinaryStore; signal: AbortSignal },
): Promise<{ json: Item['json']; file?: BinaryReference }> {
  const { output, outputLimitMb, timeoutSeconds, failOnExitCode } = settings;
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000);
  let file: BinaryReference | undefined;
  const takeOutput = async (content: AsyncIterable<Uint8Array>) => {
    file = await binary.write(content, { mimeType: 'application/octet-stream', fileName: 'stdout' });
  };
  const request = {
    command: shellLine(settings),
    input: inputOf(item, settings, binary),
    outputLimit: outputLimitMb * 1024 ** 2,
    ...(output === 'file' && { takeOutput }),
  };
  const result = await runCommand(connection, request, AbortSignal.any([signal, timeout])).catch(
    (error: unknown) => {
      const isLate = timeout.aborted && !signal.aborted && error === timeout.reason;
      throw isLate ? new NodeError('COMMAND_TIMEOUT', { limitSeconds: timeoutSeconds }) : error;
    },
  );
  const stderr = textOf(result.stderr);
  if (failOnExitCode) check(result, stderr);
  const { exitCode, signal: endedBy } = result;
  return {
    json: { exitCode, signal: endedBy, ...(!file && { stdout: textOf(result.stdout) }), stderr },
    ...(file && { file }),
  };
}

function check({ exitCode, signal }: RemoteResult, stderr: string): void {
  const reason = stderr.slice(-SHOWN_CHARACTERS);
  if (signal !== null) throw new NodeError('COMMAND_KILLED', { signal, reason });
  // Small devices tell no code; whether it went well is then in what the command wrote.
  if (exitCode !== null && exitCode !== 0) throw new NodeError('COMMAND_FAILED', { exitCode, reason });
}

/** Without white space at the ends. Bytes that are no UTF-8 become U+FFFD; as a file they stay what they are. */
function textOf(bytes: Buffer): string {
  return new TextDecoder('utf-8').decode(bytes).trim();
}
