import type { Locale } from '../../contract/index.ts';

/** Where a command writes, and in which language. */
export interface Output {
  readonly locale: Locale;
  /** A line on standard output: results. */
  print(line: string): void;
  /** A line on standard error: everything said to a person beside the result. */
  say(line: string): void;
  /** The sentence in the user's language. */
  text(en: string, zh: string): string;
}

export function createOutput(locale: Locale): Output {
  return {
    locale,
    print: (line) => void process.stdout.write(`${line}\n`),
    say: (line) => void process.stderr.write(`${line}\n`),
    text: (en, zh) => (locale === 'zh-CN' ? zh : en),
  };
}

/** Waits until everything written has left: a process that exits earlier cuts its output in a pipe. */
export async function flushOutput(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>((resolve) => stream.write('', () => resolve()));
  }
}
