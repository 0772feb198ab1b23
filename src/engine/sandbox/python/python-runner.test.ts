import { afterAll, describe, expect, it } from 'vitest';
import type { Item } from '../../../contract/index.ts';
import { fakeScope } from '../../expression/fake-scope.ts';
import { systemClock } from '../../kernel/index.ts';
import type { CodeRunOptions, CodeRunRequest } from '../code-runner.ts';
import { createPython } from './create-python.ts';
import { runPython } from './python-runner.ts';

const python = createPython(systemClock);
afterAll(() => python.dispose());

const lines: string[] = [];
const OPTIONS: CodeRunOptions = {
  signal: new AbortController().signal,
  log: (level, text) => lines.push(`${level}: ${text}`),
  storeFile: (content, { mimeType }) =>
    Promise.resolve({ blobId: content.toString(), mimeType, size: content.length, sha256: '' }),
};
const ITEMS: Item[] = [{ json: { n: 1 } }, { json: { n: 2, 名: '乙' } }];

const run = (
  code: string,
  {
    items = ITEMS,
    options = {},
    ...more
  }: Partial<CodeRunRequest> & { items?: Item[]; options?: object } = {},
) =>
  runPython(
    python,
    { language: 'python', code, mode: 'all-items', timeoutMs: 20_000, memoryMb: 128, ...more },
    fakeScope({
      items,
      timezone: 'Asia/Shanghai',
      now: Date.UTC(2026, 0, 1, 20),
      node: (name) =>
        name === 'Orders'
          ? { name, runCount: 1, parameters: {}, context: {}, items: () => [{ json: { id: 7 } }] }
          : undefined,
    }),
    { ...OPTIONS, ...options },
  );
const each = (code: string, more = {}) => run(code, { mode: 'each-item', ...more });

describe('Python', { timeout: 90_000 }, () => {
  it('works on all items, as dicts or by attributes, and keeps their lineage', async () => {
    const code = `
for item in _input.all():
    item.json.double = item["json"]["n"] * 2
print("first", _input.first().json.n)
return [_items[1], _items[0]]`;
    expect(await run(code)).toEqual([
      { json: { n: 2, 名: '乙', double: 4 }, pairedItem: { item: 1 } },
      { json: { n: 1, double: 2 }, pairedItem: { item: 0 } },
    ]);
    expect(lines).toContain('info: first 1');
  });

  it('works on each item', async () => {
    expect(await each('return {"n": _json.n + 1} if _json.n > 1 else None')).toEqual([
      { json: { n: 3 }, pairedItem: { item: 1 } },
    ]);
    const onItemError = (error: { code: string }, index: number): Item => ({
      json: { code: error.code, index },
    });
    const code = 'if _item.json.n == 1:\n    raise ValueError("no")\nreturn _input.item';
    expect(await each(code, { options: { onItemError } })).toEqual([
      { json: { code: 'CODE_FAILED', index: 0 } },
      { json: { n: 2, 名: '乙' }, pairedItem: { item: 1 } },
    ]);
    await expect(each(code)).rejects.toMatchObject({ code: 'CODE_FAILED', facts: { line: 2 } });
  });

  it('knows the time, the execution and other nodes', async () => {
    const code =
      'return {"at": _now, "day": _today, "id": _node["Orders"].first().json.id, "same": _("Orders").json.id, "mode": _execution.mode}';
    expect(await run(code)).toMatchObject([
      {
        json: {
          at: '2026-01-02T04:00:00+08:00',
          day: '2026-01-02T00:00:00+08:00',
          id: 7,
          same: 7,
          mode: 'test',
        },
      },
    ]);
    await expect(run('return {"x": _node["Nowhere"]}')).rejects.toMatchObject({
      facts: { reason: expect.stringContaining('Nowhere') as string },
    });
  });

  it('has the standard library, and values that JSON does not know', async () => {
    const code = `
import decimal, re, statistics
return {"m": statistics.mean([1, 2, 4.5]), "d": decimal.Decimal("1.5"), "nan": float("nan"), "s": {1}, "t": (1, 2),
        "r": re.sub("a+", "b", "caat")}`;
    expect(await run(code)).toMatchObject([
      { json: { m: 2.5, d: 1.5, nan: null, s: [1], t: [1, 2], r: 'cbt' } },
    ]);
  });

  it('makes files', async () => {
    const code = 'return {"json": {}, "binary": {"data": {"data": "aGk=", "mimeType": "text/plain"}}}';
    expect(await run(code, { items: [{ json: {} }] })).toMatchObject([
      { binary: { data: { blobId: 'hi' } } },
    ]);
  });

  it('tells mistakes with their line', async () => {
    await expect(run('x = 1\nreturn (')).rejects.toMatchObject({
      code: 'CODE_SYNTAX',
      facts: { at: ' (line 2)' },
    });
    await expect(run('x = 1\n\nreturn x / 0')).rejects.toMatchObject({
      code: 'CODE_FAILED',
      facts: { line: 3, reason: 'ZeroDivisionError: division by zero' },
    });
    await expect(run('x = 1')).rejects.toMatchObject({ code: 'CODE_OUTPUT_INVALID' });
    await expect(run('return object()')).rejects.toMatchObject({ code: 'CODE_FAILED' });
  });

  it('ends at its limits and with the execution', async () => {
    await expect(run('while True: pass', { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'SANDBOX_TIMEOUT',
      facts: { limitMs: 300 },
    });
    await expect(run('x = bytearray(200 * 1024 * 1024)\nreturn {}')).rejects.toMatchObject({
      code: 'SANDBOX_MEMORY',
      facts: { limitMb: 128 },
    });
    await expect(run('return {"x": "x" * (65 * 1024 * 1024)}', { memoryMb: 512 })).rejects.toMatchObject({
      code: 'SANDBOX_OUTPUT_TOO_LARGE',
    });
    const stopping = new AbortController();
    const running = run('while True: pass', { options: { signal: stopping.signal } });
    stopping.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect(await run('return {"ok": True}')).toMatchObject([{ json: { ok: true } }]);
  });
});
