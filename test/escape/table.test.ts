import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BOMBS, PATHS, QUERIES } from './node-techniques.ts';
import { LEFTOVERS, PYTHON, PYTHON_BOMBS } from './python-techniques.ts';
import { RUST, RUST_BOMBS } from './rust-techniques.ts';
import { REACH } from './techniques.ts';

it('every technique is in the table', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const missing = [REACH, PATHS, QUERIES, BOMBS, PYTHON, LEFTOVERS, PYTHON_BOMBS, RUST, RUST_BOMBS]
    .flatMap((list) => list.map(([name]) => name))
    .filter((name) => !readme.includes(`| ${name}`));
  expect(missing).toEqual([]);
});
