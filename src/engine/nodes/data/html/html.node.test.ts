import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { html } from './html.node.ts';

const PAGE = `<html><head><title>T</title></head><body>
  <h1>Shop</h1><p>First <b>one</b></p><p>Second</p>
  <a class="buy" href="/a">Buy</a><input value="7"><img src="x.png" alt="X">
</body></html>`;

const run = async (json: Record<string, unknown>, parameters: Record<string, unknown>) => {
  const { ports } = await runNode(html, { parameters, items: items(json) });
  return ports[0]?.map((item) => item.json);
};
const take = async (selector: string, rest: Record<string, unknown> = {}, rules = {}) => {
  const result = await run({ data: PAGE }, { values: [{ key: 'v', selector, ...rest }], ...rules });
  return result?.[0]?.['v'];
};

describe('html', () => {
  it('takes text as it is read, or bare', async () => {
    expect(await take('body', { skip: 'img, a' })).toBe('SHOP\n\nFirst one\n\nSecond');
    expect(await take('a')).toBe('Buy [/a]');
    expect(await take('p', {}, { layout: false })).toBe('First oneSecond');
    expect(await take('body', { skip: 'img,a' }, { oneLine: true })).toBe('SHOPFirst oneSecond');
  });

  it('takes markup, attributes and values, one or all, and null for nothing', async () => {
    expect(await take('p', { take: 'html' })).toBe('First <b>one</b>');
    expect(await take('a', { take: 'attribute', attribute: 'href' })).toBe('/a');
    expect(await take('a', { take: 'attribute' })).toEqual({ class: 'buy', href: '/a' });
    expect(await take('input', { take: 'value' })).toBe('7');
    expect(await take('p', { all: true })).toEqual(['First one', 'Second']);
    expect(await take('table')).toBeNull();
    expect(await take('table', { all: true })).toEqual([]);
  });

  it('reads every document of a list, and fills in templates', async () => {
    const parameters = { values: [{ key: 'b', selector: 'b' }] };
    expect(await run({ data: ['<b>1</b>', '<b>2</b>'] }, parameters)).toEqual([{ b: '1' }, { b: '2' }]);
    expect(await run({}, { operation: 'template', template: '<p>hi</p>' })).toEqual([{ html: '<p>hi</p>' }]);
  });

  it('refuses what it cannot read', async () => {
    await expect(take('p[')).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
    await expect(run({}, {})).rejects.toMatchObject({ code: 'FIELD_MISSING' });
    await expect(run({ data: 5 }, {})).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
  });

  it('makes a table of all items', async () => {
    const parameters = {
      operation: 'table',
      styled: false,
      capitalize: true,
      caption: 'A & B',
      tableAttributes: 'id="t"',
    };
    const { ports } = await runNode(html, {
      parameters,
      items: items({ order_id: 1, note: '<b>' }, { order_id: 2, extra: { a: [1] } }),
    });
    expect(ports[0]).toEqual([
      {
        json: {
          table:
            '<table id="t"><caption>A &amp; B</caption><thead><tr><th>Order Id</th><th>Note</th><th>Extra</th></tr></thead>' +
            '<tbody><tr><td>1</td><td>&lt;b&gt;</td><td></td></tr>' +
            '<tr><td>2</td><td></td><td>{&quot;a&quot;:[1]}</td></tr></tbody></table>',
        },
        pairedItem: [{ item: 0 }, { item: 1 }],
      },
    ]);
  });
});
