import { afterAll, describe, expect, it } from 'vitest';
import type { Item } from '../../contract/index.ts';
import { fakeScope } from '../expression/fake-scope.ts';
import { systemClock } from '../kernel/index.ts';
import { createCodeRunner, type CodeRunRequest } from './code-runner.ts';
import { createPython } from './python/create-python.ts';
import { createRust } from './rust/create-rust.ts';
import { createSandbox } from './sandbox.ts';

const sandbox = createSandbox();
const runner = createCodeRunner({
  sandbox,
  python: createPython(systemClock),
  rust: createRust({ clock: systemClock, places: { folders: [], home: '' }, folder: '' }),
});
afterAll(() => sandbox.dispose());

const file = { blobId: 'b1', mimeType: 'text/plain', fileName: 'a.txt', size: 5, sha256: 'f' };
const storeFile = () => Promise.reject(new Error('No file is made here.'));
const items: Item[] = [
  { json: { n: 1 }, pairedItem: { item: 7 } },
  { json: { n: 2 }, binary: { file } },
];
const scope = fakeScope({ items });

function run(
  code: string,
  more: Partial<CodeRunRequest> & { lines?: string[]; signal?: AbortSignal; owner?: string } = {},
) {
  const { lines = [], signal = new AbortController().signal, owner = scope.owner, ...request } = more;
  return runner.run(
    { language: 'javascript', code, mode: 'all-items', timeoutMs: 5000, memoryMb: 128, ...request },
    { ...scope, owner },
    { signal, log: (level, text) => lines.push(`${level}: ${text}`), storeFile },
  );
}

describe('code runner', () => {
  it.each<[string, string, Item[]]>([
    [
      'wraps objects, lineage by count',
      'return items.map((item) => ({ m: item.json.n * 2 }))',
      [
        { json: { m: 2 }, pairedItem: { item: 0 } },
        { json: { m: 4 }, pairedItem: { item: 1 } },
      ],
    ],
    [
      'knows its input items again',
      'return $input.all().filter((item) => item.json.n === 2)',
      [{ json: { n: 2 }, binary: { file: expect.objectContaining(file) as never }, pairedItem: { item: 1 } }],
    ],
    [
      'knows the json of its input again',
      'return [{ json: items[1].json }]',
      [{ json: { n: 2 }, pairedItem: { item: 1 } }],
    ],
    ['gives no lineage where it cannot tell', 'return { total: 3 }', [{ json: { total: 3 } }]],
    [
      'keeps the lineage that the code set',
      'return [{ json: {}, pairedItem: 1 }]',
      [{ json: {}, pairedItem: { item: 1 } }],
    ],
    [
      'waits for promises and timers',
      'await new Promise((resolve) => setTimeout(resolve, 1)); return { n: $json.n }',
      [{ json: { n: 1 } }],
    ],
    [
      'lets the code assign to names it did not declare',
      'sum = 0; for (x of items) sum += x.json.n; return { sum }',
      [{ json: { sum: 3 } }],
    ],
    [
      'lets the code declare names of its own',
      'const items = $input.all(); const $ = 1; return { n: items.length + $ }',
      [{ json: { n: 3 } }],
    ],
    [
      'lets the code name its errors',
      'const e = new Error("x"); e.name = "Mine"; const o = {}; o.toString = 1; return { name: e.name, own: o.toString }',
      [{ json: { name: 'Mine', own: 1 } }],
    ],
    [
      'has the helpers of expressions',
      'return { a: $jmespath({ b: 1 }, "b"), now: $now.toISODate() }',
      [{ json: { a: 1, now: '2026-01-15' } }],
    ],
    ['returns nothing for an empty list', 'return []', []],
  ])('%s', async (_title, code, expected) => {
    expect(await run(code)).toEqual(expected);
  });

  it('runs for each item, and null leaves one out', async () => {
    const code =
      'if ($json.n === 1) return null; return { n: $json.n, i: $itemIndex, same: $input.item === item }';
    expect(await run(code, { mode: 'each-item' })).toEqual([
      { json: { n: 2, i: 1, same: true }, pairedItem: { item: 1 } },
    ]);
  });

  it('stores the files that code makes, and knows bytes', async () => {
    const stored: Array<[string, unknown]> = [];
    const code = `const content = Buffer.concat([Buffer.from('归'), Buffer.from('5b34', 'hex')]);
return { json: { n: content.length }, binary: { page: { data: content.toString('base64'), mimeType: 'text/plain', fileExtension: 'txt' } } };`;
    const result = await runner.run(
      { language: 'javascript', code, mode: 'all-items', timeoutMs: 5000, memoryMb: 128 },
      scope,
      {
        signal: new AbortController().signal,
        log: () => undefined,
        storeFile(content, about) {
          stored.push([content.toString('utf8'), about]);
          return Promise.resolve({ ...file, blobId: 'made' });
        },
      },
    );
    expect(stored).toEqual([['归[4', { mimeType: 'text/plain', fileName: 'page.txt' }]]);
    expect(result).toMatchObject([{ json: { n: 5 }, binary: { page: { blobId: 'made' } } }]);
  });

  it('lets the other items go on when told to, with what takes the place of one that fails', async () => {
    const failures: unknown[] = [];
    const code = 'if ($json.n === 1) throw new Error("odd");\nreturn { m: $json.n };';
    const result = await runner.run(
      { language: 'javascript', code, mode: 'each-item', timeoutMs: 5000, memoryMb: 128 },
      scope,
      {
        signal: new AbortController().signal,
        log: () => undefined,
        storeFile,
        onItemError(error, itemIndex) {
          failures.push([error.code, error.facts['line'], itemIndex]);
          return { json: { error: 'noted' }, pairedItem: { item: itemIndex } };
        },
      },
    );
    expect(result).toEqual([
      { json: { error: 'noted' }, pairedItem: { item: 0 } },
      { json: { m: 2 }, pairedItem: { item: 1 } },
    ]);
    expect(failures).toEqual([['CODE_FAILED', 1, 0]]);
  });

  it('passes on what the code writes to its console', async () => {
    const lines: string[] = [];
    await run('console.log("a", { b: 1 }, [2]); console.error(new TypeError("c")); return []', { lines });
    expect(lines).toEqual(['info: a {"b":1} [2]', 'error: TypeError: c']);
  });

  it.each([
    ['return [', 'CODE_SYNTAX', { at: ' (line 2)' }],
    ['const a = 1;\nconst b = ;', 'CODE_SYNTAX', { at: ' (line 2)' }],
    ['}); (function () {', 'CODE_SYNTAX', {}],
    ['const a = 1;\nnull.b', 'CODE_FAILED', { at: ' (line 2)', line: 2 }],
    ['throw new Error("mine")', 'CODE_FAILED', { reason: 'mine' }],
    ['throw { toString() { throw 1 } }', 'CODE_FAILED', {}],
    ['return missing', 'CODE_FAILED', { reason: 'ReferenceError: missing is not defined' }],
    [
      "return $('Nope').first()",
      'CODE_FAILED',
      { reason: expect.stringContaining('no node called "Nope"') as string },
    ],
    ['1', 'CODE_OUTPUT_INVALID', { reason: 'it returned nothing (is a "return" missing?).' }],
    ['return [{ json: {} }, 5]', 'CODE_OUTPUT_INVALID', { itemIndex: 1 }],
    ['return [{ json: {} }, { json: 1 }]', 'CODE_OUTPUT_INVALID', { itemIndex: 1 }],
    [
      'return [{ json: {}, binary: { f: { blobId: "stolen", mimeType: "a", size: 1, sha256: "x" } } }]',
      'CODE_OUTPUT_INVALID',
      { itemIndex: 0 },
    ],
    ['return { a: "x".repeat(2 ** 26 + 10) }', 'SANDBOX_OUTPUT_TOO_LARGE', { limitMb: 64 }],
  ])('fails for %s', async (code, errorCode, facts) => {
    await expect(run(code)).rejects.toMatchObject({ code: errorCode, facts });
  });

  it.each([
    ['a loop', 'while (true);'],
    ['a loop of promises', 'for (;;) await null;'],
    ['a loop left behind', '(async () => { for (;;) await null; })(); return [];'],
    ['a promise that nobody settles', 'await new Promise(() => {});'],
    ['a catastrophic regular expression', 'return { a: /^(a+)+$/.test("a".repeat(50) + "b") };'],
    [
      'a builtin over a made-up length',
      'return { a: Array.prototype.indexOf.call({ length: 2 ** 50 }, 1) };',
    ],
  ])('stops %s at its time limit', async (_title, code) => {
    await expect(run(code, { timeoutMs: 100, owner: 'slow' })).rejects.toMatchObject({
      code: 'SANDBOX_TIMEOUT',
      facts: { limitMs: 100 },
    });
    expect(await run('return []')).toEqual([]);
  });

  it.each([
    ['lists', 'const a = []; while (true) a.push(new Array(1000).fill(1.5));'],
    ['a map', 'const m = new Map(); let i = 0; while (true) m.set(i++, { i });'],
    ['texts', 'const a = []; while (true) a.push("x".repeat(1e6) + a.length);'],
  ])('stops a bomb made of %s at its memory limit', { timeout: 30_000 }, async (_title, code) => {
    await expect(run(code, { timeoutMs: 20_000, memoryMb: 32, owner: 'bomb' })).rejects.toMatchObject({
      code: 'SANDBOX_MEMORY',
      facts: { limitMb: 32 },
    });
    expect(await run('return []')).toEqual([]);
  });

  it('lets neighbours of a bomb finish', { timeout: 30_000 }, async () => {
    const bomb = run('const m = new Map(); let i = 0; while (true) m.set(i++, { i });', {
      timeoutMs: 20_000,
      memoryMb: 32,
      owner: 'bomb',
    });
    const neighbour = run('await new Promise((resolve) => setTimeout(resolve, 100)); return { ok: true }', {
      owner: 'neighbour',
    });
    await expect(bomb).rejects.toMatchObject({ code: 'SANDBOX_MEMORY' });
    expect(await neighbour).toEqual([{ json: { ok: true } }]);
  });

  it('stops deep recursion with an error of the code', async () => {
    await expect(run('const f = () => f() + 1; return { a: f() }')).rejects.toMatchObject({
      code: 'CODE_FAILED',
    });
  });

  it('ends at once when it is aborted', async () => {
    const controller = new AbortController();
    const running = run('while (true);', { signal: controller.signal, owner: 'aborted' });
    controller.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });
});

describe('static data', () => {
  const keeping = (code: string, kept: { global: unknown; node: unknown }) => {
    const written: unknown[] = [];
    const result = runner.run(
      { language: 'javascript', code, mode: 'all-items', timeoutMs: 5000, memoryMb: 128 },
      scope,
      {
        signal: new AbortController().signal,
        log: () => {},
        storeFile,
        staticData: { read: () => Promise.resolve(kept), write: (changed) => void written.push(changed) },
      },
    );
    return result.then((output) => ({ json: output[0]?.json, written }));
  };

  it('is read and changed in place', async () => {
    const code = `const data = $getWorkflowStaticData('global'); data.last = (data.last ?? 0) + 1;
      getWorkflowStaticData('node').x = 1; return { before: data.last - 1 };`;
    expect(await keeping(code, { global: { last: 4 }, node: {} })).toEqual({
      json: { before: 4 },
      written: [{ global: { last: 5 }, node: { x: 1 } }],
    });
  });

  it('is not asked for by code that does not name it', async () => {
    expect((await keeping('return {}', { global: {}, node: {} })).written).toEqual([]);
  });

  it('is of two kinds', async () => {
    await expect(keeping("$getWorkflowStaticData('all')", { global: {}, node: {} })).rejects.toMatchObject({
      code: 'CODE_FAILED',
    });
  });
});

describe('custom data', () => {
  const marks: Record<string, string> = { before: 'b' };
  const marked = {
    ...scope,
    customData: { all: () => marks, set: (key: string, value: string) => void (marks[key] = value) },
  };
  const runMarked = (code: string, within = marked) =>
    runner.run({ language: 'javascript', code, mode: 'all-items', timeoutMs: 5000, memoryMb: 128 }, within, {
      signal: new AbortController().signal,
      log: () => undefined,
      storeFile,
    });

  it('is set and read while the code runs', async () => {
    const code = `const { customData } = $execution;
      customData.set('order', 7);
      customData.setAll({ paid: true, note: 'n' });
      return { order: customData.get('order'), none: customData.get('none') ?? null, all: customData.getAll() };`;
    const all = { before: 'b', order: '7', paid: 'true', note: 'n' };
    expect(await runMarked(code)).toEqual([{ json: { order: '7', none: null, all } }]);
    expect(marks).toEqual(all);
  });

  it('takes nothing but texts, numbers and booleans, and nothing where it can only be read', async () => {
    await expect(runMarked(`$execution.customData.set('o', {})`)).rejects.toMatchObject({
      code: 'CODE_FAILED',
      facts: { reason: expect.stringContaining('a text, a number or a boolean') as string },
    });
    const onlyRead = { ...scope, customData: { all: () => marks } };
    await expect(
      runMarked(`$execution.customData.set('o', 'x')`, onlyRead as typeof marked),
    ).rejects.toMatchObject({ facts: { reason: expect.stringContaining('by code only') as string } });
  });
});
