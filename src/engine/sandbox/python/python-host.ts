import { createRequire } from 'node:module';
import type ivm from 'isolated-vm';
import { serveTasks } from '../../tasks/index.ts';
import { Interpreters } from './interpreters.ts';
import type { PythonAnswer, PythonRun } from './python-runner.ts';
import { readRuntimeFiles } from './runtime-files.ts';

const library = createRequire(import.meta.url)('isolated-vm') as typeof ivm;
let interpreters: Interpreters | null = null;

async function run({ request, ...limits }: PythonRun): Promise<PythonAnswer> {
  interpreters ??= new Interpreters(library, readRuntimeFiles());
  try {
    return { answer: await interpreters.run(request, limits) };
  } catch (error) {
    const { message } = error as Error;
    if (/execution timed out/.test(message)) return { breach: 'timeout' };
    if (/memory limit|out of memory/i.test(message)) return { breach: 'memory' };
    // A call too deep for the machine, or an abort of Python itself.
    return { breach: 'crash', reason: message };
  }
}

serveTasks({ run: () => Promise.resolve(run) });
