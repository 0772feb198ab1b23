import { describe, expect, it } from 'vitest';
import { parseText } from './parse-text.ts';
import { parseWorkflow } from './parse.ts';
import { serializeWorkflow } from './serialize.ts';

const DOCUMENT = parseWorkflow({
  name: 'Orders: 订单',
  nodes: [
    {
      id: 'b',
      name: 'Code',
      type: 'code',
      position: [32, -16],
      parameters: { mode: 'all', code: 'const a = 1;\n\nreturn [{ json: { a } }];\n', zip: '0123', on: 'no' },
    },
    { id: 'a', name: 'Start', type: 'manual-trigger', position: [0, 0] },
  ],
  connections: [{ from: { node: 'a' }, to: { node: 'b' } }],
  pinnedData: { a: [{ json: { z: 1, a: { y: null, b: '2026-01-01' } } }] },
  settings: { timezone: 'Asia/Shanghai' },
});

describe('a workflow file', () => {
  it.each(['json', 'yaml'] as const)('holds everything as %s', async (format) => {
    const text = await serializeWorkflow(DOCUMENT, format);
    expect(parseWorkflow(await parseText(text))).toEqual(DOCUMENT);
    expect(parseWorkflow(await parseText(`\uFEFF${text}`, `orders.${format}`))).toEqual(DOCUMENT);
  });

  it.each(['json', 'yaml'] as const)(
    'is the same as %s whatever order fields were made in',
    async (format) => {
      const turned = Object.fromEntries(
        Object.entries({
          ...DOCUMENT,
          nodes: DOCUMENT.nodes.map((node) => Object.fromEntries(Object.entries(node).reverse())),
        }).reverse(),
      );
      expect(await serializeWorkflow(turned as never, format)).toBe(
        await serializeWorkflow(DOCUMENT, format),
      );
    },
  );

  it('as YAML keeps places apart, texts in blocks and the order of pinned fields', async () => {
    const text = await serializeWorkflow(DOCUMENT, 'yaml');
    expect(text).toMatchInlineSnapshot(`
      "connections:
        - from:
            index: 0
            node: a
            port: main
          to:
            index: 0
            node: b
            port: main
      layout:
        a: [ 0, 0 ]
        b: [ 32, -16 ]
      name: "Orders: 订单"
      nodes:
        - id: b
          name: Code
          parameters:
            code: |
              const a = 1;

              return [{ json: { a } }];
            mode: all
            "on": "no"
            zip: "0123"
          type: code
          typeVersion: 1
        - id: a
          name: Start
          parameters: {}
          type: manual-trigger
          typeVersion: 1
      pinnedData:
        a:
          - json:
              z: 1
              a:
                "y": null
                b: "2026-01-01"
      schemaVersion: 1
      settings:
        timezone: Asia/Shanghai
      "
    `);
    const nodes = DOCUMENT.nodes.map((node) => ({ ...node, position: [1, 2] as [number, number] }));
    const moved = await serializeWorkflow({ ...DOCUMENT, nodes }, 'yaml');
    expect(moved).toBe(text.replace('a: [ 0, 0 ]', 'a: [ 1, 2 ]').replace('b: [ 32, -16 ]', 'b: [ 1, 2 ]'));
  });
});

describe('a broken workflow file', () => {
  it('names the file, line and column', async () => {
    await expect(parseText('{\n  "name": "Orders",\n  "nodes": [,]\n}', 'orders.json')).rejects.toThrow(
      /orders\.json: .*\(line 3, column 13\)/s,
    );
    await expect(parseText('name: Orders\nnodes:\n  - "id\n', 'orders.yaml')).rejects.toThrow(
      /orders\.yaml: Missing closing "quote \(line 4, column 1\)/s,
    );
  });

  it.each(['', 'hello', 'name: a\nname: b\nnodes: []', 'nodes: *none'])('refuses %j', async (text) => {
    await expect(parseText(text)).rejects.toMatchObject({ code: 'WORKFLOW_FILE_INVALID' });
  });

  it('refuses YAML that grows without end', async () => {
    const lines = ['nodes: []', 'a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let depth = 1; depth < 9; depth++)
      lines.push(`a${depth}: &a${depth} [${Array.from({ length: 9 }, () => `*a${depth - 1}`).join(', ')}]`);
    await expect(parseText(lines.join('\n'))).rejects.toMatchObject({ code: 'WORKFLOW_FILE_INVALID' });
  });
});
