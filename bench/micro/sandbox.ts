/** Costs of expressions and code, warm: `node --no-node-snapshot bench/micro/sandbox.ts`. */
import { createExpressionEngine } from '../../src/engine/expression/index.ts';
import { fakeScope } from '../../src/engine/expression/fake-scope.ts';
import { systemClock } from '../../src/engine/kernel/index.ts';
import { createCodeRunner, createPython, createRust, createSandbox } from '../../src/engine/sandbox/index.ts';

const sandbox = createSandbox();
const engine = createExpressionEngine({ sandbox });
const storeFile = () => Promise.reject(new Error('No file is made here.'));
const runner = createCodeRunner({
  sandbox,
  python: createPython(systemClock),
  rust: createRust({ clock: systemClock, places: { folders: [], home: '' }, folder: '' }),
});
/** For any expression that is not a static path, over 10,000 items, warm. */
const LIMIT_MS = 60;

const one = fakeScope({ items: [{ json: { n: 1, name: 'Ada', nested: { a: [1, 2, 3] } } }] });
const manyItems = Array.from({ length: 10_000 }, (_, n) => ({
  json: {
    n,
    name: `name ${n}`,
    active: n % 2 === 0,
    text: 'x'.repeat(40),
    at: new Date(Date.UTC(2026, 0, 1) + n * 3_600_000).toISOString(),
  },
}));
const many = fakeScope({
  items: manyItems,
  node: () => ({ name: 'Orders', runCount: 1, parameters: {}, context: {}, items: () => manyItems }),
  pairedItem: (_name, index) => ({ item: manyItems[index]! }),
});
const indexes = many.items.map((_, index) => index);

/** The best of five rounds: on a busy machine the mean says more about the neighbours. */
async function measure(name: string, times: number, work: () => unknown): Promise<number> {
  for (let index = 0; index < times; index++) await work();
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const begin = performance.now();
    for (let index = 0; index < times; index++) await work();
    best = Math.min(best, (performance.now() - begin) / times);
  }
  process.stdout.write(`${name}: ${best < 1 ? `${(best * 1000).toFixed(1)} µs` : `${best.toFixed(1)} ms`}\n`);
  return best;
}

const first = performance.now();
await engine.evaluate([engine.compile('{{ $json.n + 1 }}')], one, [0]);
process.stdout.write(
  `first dynamic expression of the process: ${(performance.now() - first).toFixed(1)} ms\n`,
);
for (const text of [
  '{{ $json.nested.a[1] }}',
  '{{ $json.n + 1 }}',
  'Hello {{ $json.name.toUpperCase() }}',
  '{{ $now.toISO() }}',
  '{{ $json }}{{ 1 }}',
]) {
  const compiled = [engine.compile(text)];
  await measure(`${text}, one item`, 10_000, () => engine.evaluate(compiled, one, [0]));
}
let owner = 0;
await measure('first expression of a new owner', 50, () =>
  engine.evaluate([engine.compile('{{ $json.n + 1 }}')], { ...one, owner: `owner-${owner++}` }, [0]),
);
for (const text of [
  '{{ $json.n + 1 }}',
  '{{ Object.keys($json).length }}',
  '{{ $json.nested }}',
  "{{ $('Orders').item.json.n + 1 }}",
  "{{ $('Orders').item }}",
  "{{ $('Orders').all().length }}",
  '{{ $json.name.toTitleCase() }}',
  '{{ $now.toISO() }}',
  '{{ $now.plus({ days: $json.n }).toISO() }}',
  "{{ $now.minus($json.n, 'hours').toFormat('yyyy-MM-dd HH:mm') }}",
  "{{ $today.startOf('month').weekday }}",
  "{{ $json.at.toDateTime().format('yyyy-MM-dd') }}",
  "{{ $json.at.toDateTime().format('d LLLL yyyy, EEEE') }}",
  "{{ DateTime.fromISO($json.at).setZone('America/New_York').toISO() }}",
  "{{ $json.at.toDateTime().diffTo($now, 'days') }}",
  "{{ $json.at.toDateTime().diffTo($now, 'hours') }}",
  "{{ $json.at.toDateTime().diffTo($now, ['days', 'hours']) }}",
  "{{ $jmespath($json, 'nested.a') }}",
  '{{ [1, 2, 3].sum() + $json.n.round(1) }}',
  '{{ $json.name.hash() }}',
  "{{ $json.name.hash('sha256') }}",
]) {
  const compiled = [engine.compile(text)];
  const took = await measure(`${text}, 10,000 items`, 2, () => engine.evaluate(compiled, many, indexes));
  process.stdout.write(`  ${(took / LIMIT_MS).toFixed(2)} of the limit\n`);
}
const loop = [engine.compile('{{ (() => { let s = 0; for (const c of $json.name) s++; return s })() }}')];
await measure('an expression in the sandbox process, one item', 300, () => engine.evaluate(loop, one, [0]));

const options = { signal: new AbortController().signal, log: () => undefined, storeFile };
const request = { language: 'javascript', timeoutMs: 5000, memoryMb: 128 } as const;
const tiny = {
  ...request,
  mode: 'all-items',
  code: 'return $input.all().map((item) => ({ json: { n: item.json.n + 1 } }));',
} as const;
const begin = performance.now();
await runner.run(tiny, { ...one, owner: 'cold' }, options);
process.stdout.write(`code of an owner for the first time: ${(performance.now() - begin).toFixed(1)} ms\n`);
await measure('tiny code, one item', 500, () => runner.run(tiny, one, options));
await measure('tiny code, 20 at a time, all', 50, () =>
  Promise.all(Array.from({ length: 20 }, () => runner.run(tiny, one, options))),
);
await measure('code, 10,000 items in, mapped, out', 5, () => runner.run(tiny, many, options));
process.stdout.write(`memory of this process: ${Math.round(process.memoryUsage().rss / 1e6)} MB\n`);
sandbox.dispose();
