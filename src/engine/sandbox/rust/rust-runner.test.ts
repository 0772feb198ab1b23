import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Item } from '../../../contract/index.ts';
import { fakeScope } from '../../expression/fake-scope.ts';
import { readConfig, systemClock } from '../../kernel/index.ts';
import type { CodeRunOptions, CodeRunRequest } from '../code-runner.ts';
import { createRust, type Rust } from './create-rust.ts';
import { runRust } from './rust-runner.ts';
import { findToolchain } from './toolchain.ts';

const { programs } = readConfig(process.env);
const missing = await findToolchain(programs).then(
  () => null,
  (error: Error) => error.message,
);

let folder: string;
let rust: Rust;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guixuflow-rust-'));
  rust = createRust({ clock: systemClock, places: programs, folder });
});
afterAll(async () => {
  rust.machines.dispose();
  await rm(folder, { recursive: true, force: true });
});

const lines: string[] = [];
const OPTIONS: CodeRunOptions = {
  signal: new AbortController().signal,
  log: (_level, text) => lines.push(text),
  storeFile: () => Promise.reject(new Error('no files')),
};
const ITEMS: Item[] = [{ json: { n: 1 } }, { json: { n: 2, 名: '乙"\\\n' } }];

const run = (code: string, { options = {}, ...more }: Partial<CodeRunRequest> & { options?: object } = {}) =>
  runRust(
    rust,
    { language: 'rust', code, mode: 'all-items', timeoutMs: 20_000, memoryMb: 32, ...more },
    fakeScope({ items: ITEMS }),
    { ...OPTIONS, ...options },
  );
const each = (code: string, more = {}) => run(code, { mode: 'each-item', ...more });

describe.skipIf(missing !== null)('Rust', { timeout: 120_000 }, () => {
  it('works on all items, and compiles the same code once', async () => {
    const code = `
fn run(items: Vec<Value>) -> Vec<Value> {
    log(format!("{} items", items.len()));
    items.into_iter().map(|mut item| {
        let double = item["n"].as_f64().unwrap() * 2.5;
        item.set("double", double);
        item
    }).collect()
}`;
    const expected = [
      { json: { n: 1, double: 2.5 }, pairedItem: { item: 0 } },
      { json: { n: 2, 名: '乙"\\\n', double: 5 }, pairedItem: { item: 1 } },
    ];
    expect(await Promise.all([run(code), run(code)])).toEqual([expected, expected]);
    expect(lines).toEqual(['2 items', '2 items']);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('works on each item', async () => {
    const code = `
fn run(item: Value) -> Result<Value, String> {
    match item["n"].as_i64() {
        Some(2) => Ok(object! { "two" => true, "list" => vec![1, 2], "none" => Value::Null }),
        _ => Err("not two".to_string()),
    }
}`;
    const onItemError = (error: { message: string }, index: number): Item => ({
      json: { index, said: error.message },
    });
    expect(await each(code, { options: { onItemError } })).toEqual([
      { json: { index: 0, said: 'The code failed: not two' } },
      { json: { two: true, list: [1, 2], none: null }, pairedItem: { item: 1 } },
    ]);
    await expect(each(code)).rejects.toMatchObject({ code: 'CODE_FAILED', facts: { reason: 'not two' } });
  });

  it('tells mistakes with their line', async () => {
    await expect(
      run('fn run(items: Vec<Value>) -> Value {\n    let x: i32 = "a";\n    Value::Null\n}'),
    ).rejects.toMatchObject({
      code: 'RUST_INVALID',
      facts: { line: 2, reason: expect.stringContaining('mismatched types') as string },
    });
    await expect(run('fn other() {}')).rejects.toMatchObject({ code: 'RUST_INVALID' });
    await expect(run('fn run(items: Vec<Value>) -> Value {\n    items[7].clone()\n}')).rejects.toMatchObject({
      code: 'CODE_FAILED',
      facts: { line: 2, reason: expect.stringContaining('index out of bounds') as string },
    });
    await expect(run('fn run(_: Value) -> i32 { 1 }')).rejects.toMatchObject({ code: 'CODE_OUTPUT_INVALID' });
  });

  it('ends at its limits and with the execution', async () => {
    const endless = 'fn run(_: Value) -> Value { loop { std::hint::spin_loop() } }';
    await expect(run(endless, { timeoutMs: 500 })).rejects.toMatchObject({ code: 'SANDBOX_TIMEOUT' });
    const hoard =
      'fn run(_: Value) -> Value { let mut x: Vec<Vec<u8>> = vec![]; loop { x.push(vec![1; 1 << 20]) } }';
    await expect(run(hoard)).rejects.toMatchObject({ code: 'SANDBOX_MEMORY', facts: { limitMb: 32 } });
    const stopping = new AbortController();
    const running = run(endless, { options: { signal: stopping.signal } });
    stopping.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect(await run('fn run(_: Value) -> Value { object! { "ok" => true } }')).toMatchObject([
      { json: { ok: true } },
    ]);
  });
});

describe('Rust without a compiler', () => {
  it('says what to install', async () => {
    const places = { folders: ['/nowhere'], home: '/nowhere' };
    const { compiler } = createRust({ clock: systemClock, places, folder });
    await expect(compiler.compile({ code: '', memoryMb: 8 }, OPTIONS.signal)).rejects.toMatchObject({
      code: 'RUST_SANDBOX_MISSING',
    });
  });
});
