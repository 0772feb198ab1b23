import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/engine/kernel/index.ts';
import { findToolchain } from '../../src/engine/sandbox/rust/toolchain.ts';
import { runDocument } from '../../src/main/cli/run-to-end.ts';
import { startTestApp, type TestApp } from '../contract/test-app.ts';
import { RUST, RUST_BOMBS } from './rust-techniques.ts';

const isMissing = await findToolchain(readConfig(process.env).programs).then(
  () => false,
  () => true,
);
const CONTENT = 'contents-of-the-file';
const { PATH = '', HOME = '' } = process.env;

/** Rust snippets that somebody else wrote, against the whole engine. The secret is in the user's home. */
let engine: TestApp;
let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(homedir(), '.guixuflow-escape-')));
  await writeFile(join(folder, 'secret.txt'), `"${CONTENT}"`);
  engine = await startTestApp({ env: { PATH, HOME, SECRET_OF_TEST: CONTENT } });
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

async function run(source: string, limits = {}) {
  const code = source.replaceAll('SECRET"', `${join(folder, 'secret.txt')}"`);
  const nodes = [
    { id: 'a', name: 'Start', type: 'manual-trigger', parameters: {} },
    { id: 'b', name: 'Try', type: 'rust-snippet', parameters: { code, ...limits } },
  ].map((node) => ({ ...node, typeVersion: 1, position: [0, 0] as [number, number] }));
  const port = (node: string) => ({ node, port: 'main' as const, index: 0 });
  const connections = [{ from: port('a'), to: port('b') }];
  const document = { name: 'Stranger', schemaVersion: 1, settings: {}, nodes, connections };
  const { status, error, nodeRuns } = await runDocument(engine.app.client, { document });
  const items = nodeRuns.find(({ nodeName }) => nodeName === 'Try')?.outputs[0] ?? [];
  return { status, error, value: items[0]?.json['value'] };
}

describe.skipIf(isMissing)('Rust of a stranger', { timeout: 300_000 }, () => {
  it('is really run', async () => {
    expect(
      await run('fn run(_: Value) -> Value { object! { "value" => ["rea", "ched"].concat() } }'),
    ).toMatchObject({
      status: 'success',
      value: 'reached',
    });
  });

  it.each(RUST)('reaches nothing by %s', async (_name, code) => {
    const { error, value } = await run(code);
    if (typeof value !== 'string') expect([undefined, null, 0, 1]).toContain(value);
    // The sandbox has a process table and an environment of its own; nothing of these may be the host's.
    const told = JSON.stringify([value, error?.message]);
    for (const part of [CONTENT, 'SECRET_OF_TEST=', 'HOME=', 'root:', process.cwd()])
      expect(told).not.toContain(part);
  });

  it.each(RUST_BOMBS)('ends, and the engine answers meanwhile, in spite of %s', async (_name, code) => {
    let isOver = false;
    const running = run(code, { timeoutMs: 1500 }).finally(() => (isOver = true));
    while (!isOver) {
      await engine.app.client.workflows.list({});
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { status, error } = await running;
    expect(status).toBe('failed');
    expect(error?.code).toMatch(/^(CODE_FAILED|RUST_INVALID|SANDBOX_\w+)$/);
  });
});
