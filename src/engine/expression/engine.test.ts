import { afterAll, describe, expect, it } from 'vitest';
import type { Item } from '../../contract/index.ts';
import { createSandbox, type ExpressionScope } from '../sandbox/index.ts';
import { compileAsProgram } from './compile.ts';
import { createExpressionEngine } from './engine.ts';
import { fakeScope } from './fake-scope.ts';
import type { ExpressionResult } from './types.ts';

const sandbox = createSandbox();
const engine = createExpressionEngine({ sandbox });
afterAll(() => sandbox.dispose());

const orders: Item[] = [{ json: { id: 1 } }, { json: { id: 2, tags: ['a', 'b'] } }];
const scope = fakeScope({
  customData: { all: () => ({ order: '7' }) },
  items: [
    {
      json: {
        n: 1,
        name: 'Ada',
        list: [10, 20],
        empty: null,
        'odd key': { deep: true },
        toString2: 'x',
        flag: false,
      },
      binary: { file: { blobId: 'b1', mimeType: 'text/plain', fileName: 'a.txt', size: 2100, sha256: 'f' } },
    },
    { json: { n: 2, name: 'Bob' } },
  ],
  runIndex: 3,
  vars: { key: 'value' },
  env: { HOME_URL: 'http://here' },
  parameters: { operation: 'get' },
  previousNode: { name: 'Orders', outputIndex: 0, runIndex: 1 },
  node(name) {
    const node = { name, runCount: 0, parameters: {}, context: {}, items: () => undefined };
    if (name === 'Orders')
      return {
        ...node,
        runCount: 2,
        parameters: { url: 'u' },
        context: { noItemsLeft: false },
        items: () => orders,
      };
    return name === 'Idle' ? node : undefined;
  },
  pairedItem(name, index) {
    return index === 0
      ? { item: orders[1] as Item }
      : { broken: `item ${index} has no ancestor in "${name}".` };
  },
});

async function ask(text: string, given: ExpressionScope = scope, index = 0): Promise<ExpressionResult> {
  const [[result] = []] = await engine.evaluate([engine.compile(text)], given, [index]);
  return result as ExpressionResult;
}
const valueOf = async (text: string) => {
  const result = await ask(text);
  if ('error' in result) throw new Error(result.error.reason);
  return result.value;
};

describe('expression engine', () => {
  it.each([
    ['{{ $json.n + 1 }}', 2],
    ['{{ $("Orders").context.noItemsLeft }}', false],
    ['{{ $node["Orders"].context.noItemsLeft }}', false],
    ['{{ $input.context.noItemsLeft }}', false],
    ['{{ $nodeId + $nodeVersion }}', 'n11'],
    ['{{ $fromAI("city", "where", "string", "Oslo") }}', 'Oslo'],
    ['{{ $execution.customData.get("order") }}', '7'],
    ['{{ $execution.customData.getAll() }}', { order: '7' }],
    ['{{ $response ?? $request ?? $pageCount ?? "no page" }}', 'no page'],
    ['{{ $json }}', scope.items[0]?.json],
    ['plain', 'plain'],
    ['a{{ $json.n }}b{{ $json.nothing }}c', 'a1bc'],
    ['n is {{ $json.n }}', 'n is 1'],
    [' {{ $json.n }}', ' 1'],
    ['{{ $json.list }} and {{ ({ a: 1 }) }}', '10,20 and {"a":1}'],
    ['{{ "}}" + `}}` }}', '}}}}'],
    ['{{ {a: {b: $json.n}} }}', { a: { b: 1 } }],
    ['\\{{ not code }}', '{{ not code }}'],
    ['{{ }}', undefined],
    ['{{ $json.nothing.deeper }}', undefined],
    ['{{ $json.nothing.deeper() }}', undefined],
    ['{{ $json.name?.toUpperCase() }}', 'ADA'],
    ['{{ $json.nothing?.first().more }}', undefined],
    ['{{ $json.list.first() + $json.list.last() }}', 30],
    ['{{ $json.n / 0 }}', Infinity],
    ['{{ Number("x") }}', NaN],
    ['{{ -0 }}', -0],
    ['{{ () => 1 }}', undefined],
    ['{{ Symbol("a") }}', undefined],
    ['{{ [1, undefined, NaN] }}', [1, null, null]],
    ['{{ const a = $json.n; a + 1 }}', 2],
    ['{{ $binary.file.fileExtension }} {{ $binary.file.fileSize }}', 'txt 2.1 kB'],
    ['{{ $node["Orders"].json.id }}', 1],
    ["{{ $('Orders').item.json.tags[1] }}", 'b'],
    ["{{ $('Orders').all().length }}", 2],
    ["{{ $('Orders').itemMatching(0).json.id }}", 2],
    ["{{ $('Orders').params.url + $('Orders').isExecuted + $('Idle').isExecuted }}", 'utruefalse'],
    ['{{ $input.all().map(i => i.json.n) }}', [1, 2]],
    ['{{ $input.last().json.name }}', 'Bob'],
    ['{{ $item(1).$json.name + $items()[1].json.n }}', 'Bob2'],
    [
      '{{ [$vars.key, $env.HOME_URL, $parameter.operation, $prevNode.name, $runIndex, $itemIndex] }}',
      ['value', 'http://here', 'get', 'Orders', 3, 0],
    ],
    ['{{ [$workflow.name, $execution.id, $execution.mode] }}', ['Test', 'execution-1', 'test']],
    ['{{ $now }}', '2026-01-15T07:00:00.000-05:00'],
    ['{{ $today }}', '2026-01-15T00:00:00.000-05:00'],
    ['{{ new Date(0) }}', '1970-01-01T00:00:00.000Z'],
    ['on {{ $now.toFormat("yyyy-MM-dd") }}', 'on 2026-01-15'],
    ['{{ $jmespath($json, "list[1]") }}', 20],
    ['{{ $if($json.flag, 1, $ifEmpty("", "d")) }}', 'd'],
    ['{{ (() => { let s = 0; for (let i = 0; i < 5; i++) s += i; return s; })() }}', 10],
  ])('gives the value of %s', async (text, expected) => {
    expect(await valueOf(text)).toEqual(expected);
  });

  it.each([
    ['{{ nothing + 1 }}', 'EXPRESSION_FAILED', 'nothing is not defined'],
    ['{{ (() => { throw new Error("mine") })() }}', 'EXPRESSION_FAILED', 'mine'],
    ['{{ $json.nothing.parseJson() }}', 'EXPRESSION_FAILED', 'parseJson() was called on undefined'],
    ['{{ JSON.parse("{") }}', 'EXPRESSION_FAILED', 'SyntaxError'],
    ["{{ $('Nope').item.json.a }}", 'EXPRESSION_REFERENCE', 'no node called "Nope"'],
    ["{{ $('Nope').first() }}{{ 1 + 1 }}", 'EXPRESSION_REFERENCE', 'no node called "Nope"'],
    ["{{ $('Idle').first().json }}", 'EXPRESSION_REFERENCE', 'has not run yet'],
    ['{{ $node["Idle"].json.a + 1 }}', 'EXPRESSION_REFERENCE', 'has not run yet'],
  ])('fails for %s', async (text, code, reason) => {
    expect(await ask(text)).toMatchObject({
      error: { code, reason: expect.stringContaining(reason) as string },
    });
  });

  it('says which pairing is broken', async () => {
    const expected = {
      error: { code: 'EXPRESSION_REFERENCE', reason: 'item 1 has no ancestor in "Orders".' },
    };
    expect(await ask("{{ $('Orders').item.json.id }}", scope, 1)).toEqual(expected);
    expect(await ask("{{ $('Orders').item.json.id + 1 }}", scope, 1)).toEqual(expected);
  });

  it('pairs all items at once, and still each on its own', async () => {
    const compiled = [engine.compile("{{ $('Orders').item.json.id + 1 }}")];
    const [results] = await engine.evaluate(compiled, scope, [1, 0, 1]);
    const broken = { error: expect.objectContaining({ code: 'EXPRESSION_REFERENCE' }) as unknown };
    const [alone] = await engine.evaluate(compiled, scope, [0]);
    expect(results).toEqual([broken, alone?.[0], broken]);
  });

  it.each([
    ['{{ $json. }}', 10],
    ['ab {{ 1 + }}', 10],
    ['{{ $json.a', 0],
    ['{{ let a = 1 }}', 2],
  ])('refuses %s with the place of the mistake', (text, position) => {
    expect(() => engine.compile(text)).toThrowError(
      expect.objectContaining({
        code: 'EXPRESSION_SYNTAX',
        facts: expect.objectContaining({ position }) as object,
      }) as Error,
    );
  });

  it('answers many expressions for many items in one go, each for itself', () => {
    const expressions = [
      '{{ $json.n * 2 }}',
      '{{ $json.name.parseJson() }}',
      '{{ $json.list.length }}',
      'x{{ $json.n + 1 }}',
    ].map(engine.compile);
    expect(engine.evaluate(expressions, scope, [1, 0])).toMatchObject([
      [{ value: 4 }, { value: 2 }],
      [{ error: { code: 'EXPRESSION_FAILED' } }, { error: { code: 'EXPRESSION_FAILED' } }],
      [{ value: undefined }, { value: 2 }],
      [{ value: 'x3' }, { value: 'x2' }],
    ]);
  });

  it('reports a value that cannot be written and keeps the others', () => {
    const given = fakeScope({ items: [{ json: { a: 1 } }, { json: { a: 2 } }] });
    const [results] = engine.evaluate(
      [engine.compile('{{ $json.a === 1 ? ({ toJSON: $json.b.c }) : $json.a }}')],
      given,
      [0, 1],
    ) as ExpressionResult[][];
    expect(results).toEqual([{ value: undefined }, { value: 2 }]);
  });

  it('stops an expression that does not end, and lets the owner work on', async () => {
    const owner = { ...scope, owner: 'loops' };
    const endless = new AbortController();
    const answer = engine.evaluate(
      [engine.compile('{{ (() => { while (true); })() }}')],
      owner,
      [0],
      endless.signal,
    );
    const rejection = expect(answer).rejects.toThrow('enough');
    endless.abort(new Error('enough'));
    await rejection;
    expect(await ask('{{ $json.n + 1 }}', owner)).toEqual({ value: 2 });
  });
});

describe('static paths', () => {
  it.each([
    '{{ $json.n }}',
    '{{ $json["odd key"].deep }}',
    '{{ $json.list[1] }}',
    '{{ $json.list["length"] }}',
    '{{ $json.name.length }}',
    '{{ $json.name[0] }}',
    '{{ $json.empty }}',
    '{{ $json.empty.more }}',
    '{{ $json.none.more }}',
    '{{ $json?.list?.[0] }}',
    '{{ $json.constructor }}',
    '{{ $json.toString }}',
    '{{ $json.list.map }}',
    '{{ $json.n.toFixed }}',
    '{{ $json }}',
    '{{ $json.flag }}',
    '{{ $binary.file.fileName }}',
    '{{ $binary.none.fileName }}',
    '{{ $input.item.json.name }}',
    '{{ $input.item.binary.file.size }}',
    '{{ $node["Orders"].json.id }}',
    '{{ $node.Orders.json["id"] }}',
    "{{ $('Orders').item.json.tags[0] }}",
    "{{ $('Orders').first().json.id }}",
    "{{ $('Orders').last().json }}",
    "{{ $('Orders').item.json.none.deep }}",
    "{{ $('Nope').item.json.a }}",
    '{{ $node["Nope"].json.a }}',
    "{{ $('Idle').first().json.a }}",
    '{{ $itemIndex }}',
    '{{ $runIndex }}',
    '{{ "text" }}',
    '{{ 4 }}',
    '{{ true }}',
    '{{ null }}',
    'a {{ $json.name }} b {{ $json.list }} c {{ $json["odd key"] }} d {{ $json.none }}',
  ])('give for %s what an isolate gives', (text) => {
    const quick = engine.compile(text);
    const [[without], [within]] = engine.evaluate([quick, compileAsProgram(text)], scope, [0]) as [
      ExpressionResult[],
      ExpressionResult[],
    ];
    expect(quick).not.toMatchObject({ kind: 'program' });
    expect(without).toEqual(within);
  });
});
