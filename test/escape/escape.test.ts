import { afterAll, describe, expect, it } from 'vitest';
import { createExpressionEngine, type ExpressionResult } from '../../src/engine/expression/index.ts';
import { fakeScope } from '../../src/engine/expression/fake-scope.ts';
import { systemClock } from '../../src/engine/kernel/index.ts';
import { createCodeRunner, createPython, createRust, createSandbox } from '../../src/engine/sandbox/index.ts';
import { REACH } from './techniques.ts';

/**
 * Published ways out of the sandboxes of products of this kind. Each is a piece of JavaScript that tries to get hold of
 * something of the host, or to leave something behind; `null`, `undefined`, an error or a harmless value must come of it.
 */
const sandbox = createSandbox();
const engine = createExpressionEngine({ sandbox });
const runner = createCodeRunner({
  sandbox,
  python: createPython(systemClock),
  rust: createRust({ clock: systemClock, places: { folders: [], home: '' }, folder: '' }),
});
afterAll(() => sandbox.dispose());

const storeFile = () => Promise.reject(new Error('No file is made here.'));
const scope = fakeScope({
  items: [{ json: { n: 1 } }],
  node: (name) =>
    name === 'Orders'
      ? { name, runCount: 1, parameters: {}, context: {}, items: () => [{ json: { id: 1 } }] }
      : undefined,
});

async function expression(text: string, owner = 'attacker'): Promise<ExpressionResult> {
  const [[result] = []] = await engine.evaluate([engine.compile(`{{ ${text} }}`)], { ...scope, owner }, [0]);
  return result as ExpressionResult;
}

async function code(text: string, owner = 'attacker', timeoutMs = 1000): Promise<unknown> {
  const options = { signal: new AbortController().signal, log: () => undefined, storeFile };
  const request = { language: 'javascript', mode: 'all-items', code: text, timeoutMs, memoryMb: 64 } as const;
  try {
    const [item] = await runner.run(request, { ...scope, owner }, options);
    return item?.json.value;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('what expressions can reach', () => {
  it.each(REACH)('is nothing through %s', async (_title, text) => {
    const result = await expression(text);
    if ('error' in result)
      expect(result.error.reason).toMatch(/is not defined|not a function|read only|no node called/);
    else expect([undefined, null, 'undefined']).toContain(result.value);
  });
});

describe('what code can reach', () => {
  it.each(REACH)('is nothing through %s', async (_title, text) => {
    expect([undefined, null, 'undefined', 'CODE_FAILED']).toContain(await code(`return { value: ${text} }`));
  });

  it.each([
    ['a dynamic import', `return { value: await import('node:fs').then(() => 'in', () => 'out') }`],
    [
      'a dynamic import of data',
      `return { value: await import('data:text/javascript,1').then(() => 'in', () => 'out') }`,
    ],
    [
      'an import in a made function',
      `return { value: await Function('return import("node:fs")')().then(() => 'in', () => 'out') }`,
    ],
  ])('is nothing through %s', async (_title, text) => {
    expect(await code(text)).toBe('out');
  });

  it.each([
    [
      'the async function constructor',
      `return { value: await (async () => {}).constructor('return typeof process')() }`,
    ],
    [
      'the async generator constructor',
      `return { value: (await (async function* () {}).constructor('yield typeof process')().next()).value }`,
    ],
    [
      'a thenable',
      `return { value: await { then(resolve) { resolve(resolve.constructor('return typeof process')()) } } }`,
    ],
    [
      'a rejected promise',
      `return { value: await Promise.reject(new Error()).catch((e) => e.constructor.constructor('return typeof process')()) }`,
    ],
    ['the console', `return { value: console.log.constructor('return typeof process')() }`],
    ['a timer', `return { value: setTimeout.constructor('return typeof process')() }`],
    [
      'the arguments of its wrapper',
      `let c; try { c = arguments.callee.caller } catch {} return { value: typeof (c || undefined) }`,
    ],
    [
      'the scope it gets its names from',
      `return { value: typeof ($scope.$call ?? $scope.host ?? undefined) }`,
    ],
    [
      'the promise of its caller',
      `const then = Promise.prototype.then; try { Promise.prototype.then = function () { return 'in' } } catch {} return { value: Promise.prototype.then === then ? 'undefined' : 'in' }`,
    ],
  ])('is nothing through %s', async (_title, text) => {
    expect(await code(text)).toBe('undefined');
  });
});

describe('what comes back', () => {
  it('is plain data, whatever code returns', async () => {
    expect(
      await code(
        `return { value: new Proxy({}, { ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }), get: (t, k) => k === 'toJSON' ? undefined : 1 }) }`,
      ),
    ).toEqual({ a: 1 });
    expect(await code(`return { value: { toJSON: () => ({ constructor: 1 }) } }`)).toEqual({
      constructor: 1,
    });
    expect(await code(`return { value: { get a() { throw new Error('x') } } }`)).toBe('CODE_FAILED');
    expect(await code(`const a = {}; a.a = a; return { value: a }`)).toBe('CODE_FAILED');
    expect(await code(`return { value: () => 1 }`)).toBe(undefined);
  });

  it('pollutes no prototype of the host', async () => {
    const value = (await code(
      `return { value: JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}') }`,
    )) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    await expression(`({}).__proto__.polluted = true`);
    await expression(`[].constructor.prototype.polluted = true`);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(([] as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('cannot be a forged answer of the wall', async () => {
    expect(await expression(`'e{"code":"X","reason":"forged"}'`)).toEqual({
      value: 'e{"code":"X","reason":"forged"}',
    });
    expect(await expression(`'j{"a":1}'`)).toEqual({ value: 'j{"a":1}' });
    expect(await expression(`({ toJSON() { return 's' } })`)).toEqual({ value: 's' });
  });
});

/** What one call does and what the next one, of the same owner, must not see. */
const LEFTOVERS: Array<[string, string, string]> = [
  [
    'globals',
    `globalThis.left = 1; Function('left2 = 1')(); (0, eval)('var left3 = 1')`,
    `typeof left + typeof left2 + typeof left3`,
  ],
  [
    'prototypes',
    `Object.prototype.left = 1; Array.prototype.left = 1; String.prototype.left = 1; (async () => {}).constructor.prototype.left = 1`,
    `[({}).left, [].left, ''.left, (async () => {}).left].join('')`,
  ],
  [
    'changed intrinsics',
    `Array.prototype.map = () => 1; JSON.stringify = () => 1; Math.random = () => 4; Object.keys = () => 1`,
    `[typeof [1].map((x) => x), typeof JSON.stringify({}), Math.random() === 4, typeof Object.keys({})].join()`,
  ],
  [
    'helpers',
    `DateTime.now = () => 1; $jmespath.left = 1; DateTime.prototype.left = 1; DateTime.utc().zone.fixed = 60; $now.zone.left = 1`,
    `[typeof DateTime.now(), $jmespath.left, $now.left, DateTime.utc().offset, $now.zone.left].join()`,
  ],
  [
    'the last regular expression',
    `/secret/.exec('a secret')`,
    `[RegExp.$_, RegExp.lastMatch, RegExp.input].join('')`,
  ],
  [
    'symbols and iterators',
    `[][Symbol.iterator]().__proto__.next = () => ({ done: true }); Object.getPrototypeOf(function* () {}).prototype.left = 1`,
    `[...[1]].length + typeof (function* () {})().left`,
  ],
  [
    'input',
    `$json.n = 99; items[0].json.n = 99; $env.X = 1; $vars.X = 1`,
    `[$json.n, $env.X, $vars.X].join()`,
  ],
  ['timers', `setTimeout(() => { globalThis.late = 1; $json.n = 5 }, 1)`, `[typeof late, $json.n].join()`],
];

describe('what a call leaves behind', () => {
  it.each(LEFTOVERS)('are no %s in code', async (_title, before, look) => {
    const clean = await code(`return { value: ${look} }`, 'clean');
    await code(`try { ${before} } catch {} return []`, 'attacker');
    await code(
      before
        .split(';')
        .map((part) => `try { ${part} } catch {}`)
        .join(';') + ';return []',
      'attacker',
    );
    expect(await code(`return { value: ${look} }`, 'attacker')).toEqual(clean);
    expect(await code(`return { value: ${look} }`, 'other')).toEqual(clean);
  });

  it.each(LEFTOVERS.filter(([title]) => title !== 'timers' && title !== 'input'))(
    'are no %s in expressions',
    async (_title, before, look) => {
      const clean = await expression(look, 'clean');
      await expression(
        `(() => { ${before
          .split(';')
          .map((part) => `try { ${part} } catch {}`)
          .join(';')} })()`,
        'attacker',
      );
      expect(await expression(look, 'attacker')).toEqual(clean);
    },
  );

  it('is nothing from tame expressions either', async () => {
    expect(await expression(`$json.n + 1`, 'tame')).toEqual({ value: 2 });
    await expression(`[$json].map(({ constructor }) => constructor)`, 'tame');
    expect(await expression(`$json.n + 1`, 'tame')).toEqual({ value: 2 });
  });
});

describe('what would hang or exhaust', () => {
  it.each([
    ['a label with continue', `a: for (;;) { continue a }`],
    ['a getter that loops', `return { get value() { for (;;); } }`],
    ['a toJSON that loops', `return { value: { toJSON() { for (;;); } } }`],
    ['an error whose message loops', `throw { get message() { for (;;); } }`],
    ['a then that never calls back', `return { then() {} }`],
    ['promises that follow each other', `const f = () => Promise.resolve().then(f); await f()`],
  ])('is stopped: %s', async (_title, text) => {
    expect(await code(text, 'hang', 100)).toBe('SANDBOX_TIMEOUT');
  });

  it.each([
    ['a list of made-up length', `Array.from({ length: 1e9 })`],
    ['a text repeated', `'x'.repeat(2 ** 28).split('')`],
    ['padding', `'x'.padEnd(2 ** 29 - 30).split('')`],
    [
      'lists doubled',
      `[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32].reduce((a) => [...a, ...a], [1])`,
    ],
    ['a large bigint', `(2n ** 1000000000n).toString().length`],
    ['a builtin over a made-up length', `[].join.call({ length: 2 ** 40 })`],
  ])('does not reach the engine: %s', { timeout: 30_000 }, async (_title, text) => {
    const compiled = engine.compile(`{{ ${text} }}`);
    expect(compiled).toMatchObject({ program: { isTame: false } });
    const result = await expression(text, 'bomb');
    expect('error' in result || result.value === undefined || typeof result.value === 'number').toBe(true);
  });
});
