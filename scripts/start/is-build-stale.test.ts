import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuildStale } from './is-build-stale.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'build-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a file and dates it and the folders above it so many seconds after an arbitrary point. */
function put(name: string, seconds: number) {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  for (let dated = path; dated !== root; dated = dirname(dated)) utimesSync(dated, seconds, seconds);
}

function putBuild(seconds: number) {
  for (const name of ['main/desktop', 'main/engine-host', 'main/cli']) put(`out/${name}.js`, seconds);
  put('out/preload/index.cjs', seconds);
  put('out/renderer/index.html', seconds);
}

describe('isBuildStale', () => {
  it('asks for a build where there is none, or only part of one', () => {
    put('src/a/one.ts', 10);
    expect(isBuildStale(root)).toBe(true);
    putBuild(20);
    expect(isBuildStale(root)).toBe(false);
    rmSync(join(root, 'out/renderer/index.html'));
    expect(isBuildStale(root)).toBe(true);
  });

  it('asks for a build after a source has changed, but not after a test has', () => {
    put('src/a/one.ts', 10);
    putBuild(20);
    put('src/a/one.test.ts', 30);
    for (const folder of ['src/a', 'src']) utimesSync(join(root, folder), 10, 10);
    expect(isBuildStale(root)).toBe(false);
    put('src/a/one.ts', 30);
    expect(isBuildStale(root)).toBe(true);
  });

  it('asks for a build after a source was removed', () => {
    put('src/a/one.ts', 10);
    putBuild(20);
    utimesSync(join(root, 'src/a'), 30, 30);
    expect(isBuildStale(root)).toBe(true);
  });
});
