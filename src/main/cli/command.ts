import type { ParseArgsConfig } from 'node:util';
import type { Locale } from '../../contract/index.ts';
import type { Output } from './output.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface CommandCall {
  /** Options as given; `multiple` is not used, so a value is a text or a switch. */
  values: Readonly<Record<string, string | boolean | undefined>>;
  positionals: readonly string[];
  env: Environment;
  output: Output;
}

/** One command of the program, one file each. */
export interface Command {
  options: NonNullable<ParseArgsConfig['options']>;
  help: Record<Locale, string>;
  /** Gives the exit code. */
  run(call: CommandCall): Promise<number>;
}

/** The text given for an option; undefined when it was left out. */
export function textOption(call: CommandCall, name: string): string | undefined {
  const value = call.values[name];
  return typeof value === 'string' ? value : undefined;
}
