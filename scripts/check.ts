/** Everything that has to hold before a push, in under a minute: format, lint, imports, types, generated files, unit tests. */
import { join } from 'node:path';
import { runSteps, type Step } from './check/run-steps.ts';

const bin = (name: string) =>
  join('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);
const step = (name: string, program: string, ...args: string[]): Step => ({
  name,
  command: bin(program),
  args,
});
const script = (name: string, file: string): Step => ({
  name,
  command: process.execPath,
  args: [join('scripts', file), '--check'],
});

/** What was checked before and has not changed since is not checked again. */
const typesOf = (part: string, compiler: string) =>
  step(
    `types: ${part}`,
    compiler,
    ...['-p', `tsconfig.${part}.json`],
    ...['--incremental', '--tsBuildInfoFile', join('node_modules', '.cache', 'types', `${part}.tsbuildinfo`)],
  );

// The longest first, so that the others fill the second lane beside them.
const steps: Step[] = [
  ...(process.argv.includes('--no-tests')
    ? []
    : [step('unit tests', 'vitest', 'run', '--project', 'unit', '--reporter', 'dot')]),
  step('eslint', 'eslint', '.', '--cache', '--cache-location', join('node_modules', '.cache', 'eslint')),
  typesOf('renderer', 'vue-tsc'),
  ...['node', 'tooling', 'contract', 'preload'].map((part) => typesOf(part, 'tsc')),
  step('prettier', 'prettier', '--check', '.', '--cache', '--log-level', 'warn'),
  step('imports', 'depcruise', 'src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'),
  step('unused code', 'knip', '--no-progress'),
  script('generated: nodes', 'gen-registry.ts'),
  script('generated: sandbox', 'gen-sandbox-runtime.ts'),
];

const startedAt = performance.now();
const results = await runSteps(steps, {
  parallel: 2,
  onResult({ name, isPassed, durationMs, output }) {
    console.log(`${isPassed ? 'ok    ' : 'FAILED'} ${name} (${(durationMs / 1000).toFixed(1)} s)`);
    if (!isPassed) console.log(`\n${output.trimEnd()}\n`);
  },
});
const failed = results.filter(({ isPassed }) => !isPassed).map(({ name }) => name);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
console.log(
  failed.length === 0 ? `All checks passed in ${seconds} s` : `Failed: ${failed.join(', ')} (${seconds} s)`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
