import { parseArgs } from 'node:util';
import { readLocale } from '../../engine/kernel/index.ts';
import type { Command } from './command.ts';
import { describeFailure } from './describe-failure.ts';
import { overview } from './overview.ts';
import { createOutput, type Output } from './output.ts';
import { UsageError } from './usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Loaded when called for: `help` must not pay for the engine. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./commands/serve.ts')).serve,
  execute: async () => (await import('./commands/execute.ts')).execute,
  import: async () => (await import('./commands/import.ts')).importWorkflows,
  export: async () => (await import('./commands/export.ts')).exportWorkflow,
  versions: async () => (await import('./commands/versions.ts')).versions,
  diff: async () => (await import('./commands/diff.ts')).diff,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  'rotate-key': async () => (await import('./commands/rotate-key.ts')).rotateKey,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
};

/** Runs one command line and gives its exit code: 0 done, 1 failed, 2 called wrongly. Never throws. */
export async function main(args: readonly string[], env: Environment): Promise<number> {
  const output = createOutput(readLocale(env));
  try {
    return await runCommand(args, env, output);
  } catch (error) {
    output.say(describeFailure(error, output));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function runCommand(
  [name, ...rest]: readonly string[],
  env: Environment,
  output: Output,
): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const topic = name === 'help' ? rest[0] : undefined;
    const command = topic === undefined ? undefined : await COMMANDS[topic]?.();
    output.print(command ? command.help[output.locale] : overview(output.locale));
    return 0;
  }
  if (name === '--version' || name === '-v') {
    output.print((await import('../../engine/version.ts')).VERSION);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    throw new UsageError(
      output.text(
        `There is no command "${name}". Run "guixuflow help".`,
        `没有“${name}”命令。请运行“guixuflow help”。`,
      ),
    );
  }
  const command = await load();
  const { values, positionals } = readArguments(name, rest, command, output);
  if (values['help'] === true) {
    output.print(command.help[output.locale]);
    return 0;
  }
  return command.run({ values, positionals, env, output });
}

function readArguments(name: string, args: string[], command: Command, output: Output) {
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { values: values as Record<string, string | boolean | undefined>, positionals };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ', 1)[0] : String(error);
    throw new UsageError(
      output.text(
        `${reason}. Run "guixuflow help ${name}".`,
        `命令行参数有误：${reason}。请运行“guixuflow help ${name}”。`,
      ),
      { cause: error },
    );
  }
}
