import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { TABLES } from '../src/engine/sandbox/runtime/extend.ts';

const path = (relative: string) =>
  fileURLToPath(new URL(`../src/engine/sandbox/${relative}`, import.meta.url));
const TARGET = path('runtime.gen.ts');

async function bundle(input: string, format: 'iife' | 'cjs'): Promise<string> {
  const build = await rolldown({
    input: path(input),
    platform: format === 'iife' ? 'neutral' : 'node',
    external: ['isolated-vm'],
    resolve: { mainFields: ['module', 'main'] },
  });
  const { output } = await build.generate({
    format,
    minify: true,
    comments: false,
    ...(format === 'iife' && { name: 'guixuRuntime' }),
  });
  await build.close();
  // Functions of sloppy code could be reached, with their arguments, through `caller` of users' functions.
  return `"use strict";${output[0].code.trim()}`;
}

/** Everything that runs behind the wall, as texts. With `--check`, only says whether the committed file is current. */
const text = `// Made by scripts/gen-sandbox-runtime.ts from runtime/ and host/; do not edit.

/** Methods that expressions have on values besides JavaScript's own. */
export const EXTENSION_NAMES: readonly string[] = ${JSON.stringify([...new Set(Object.values(TABLES).flatMap(Object.keys))].sort())};

/** Runs in every context before users' code. */
export const RUNTIME_SOURCE = ${JSON.stringify(await bundle('runtime/main.ts', 'iife'))};

/** The program of the sandbox process. */
export const HOST_SOURCE = ${JSON.stringify(await bundle('host/main.ts', 'cjs'))};
`;

if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') !== text) {
    process.stderr.write(
      'src/engine/sandbox/runtime.gen.ts is stale. Run: node scripts/gen-sandbox-runtime.ts\n',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(TARGET, text);
}
