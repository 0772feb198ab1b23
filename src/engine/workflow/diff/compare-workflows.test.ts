import { describe, expect, it } from 'vitest';
import { WorkflowDocument, type WorkflowDocumentInput } from '../../../contract/index.ts';
import { compareWorkflows } from './compare-workflows.ts';
import { diffTexts } from './diff-texts.ts';
import { diffWorkflows } from './diff-workflows.ts';

const main = (from: string, to: string) => ({ from: { node: from }, to: { node: to } });
const document = (over: Partial<WorkflowDocumentInput> = {}) =>
  WorkflowDocument.parse({
    name: 'Orders',
    nodes: [
      { id: 'a', name: 'Start', type: 'manual-trigger' },
      { id: 'b', name: 'Fetch', type: 'http-request', position: [200, 0], parameters: { url: 'one' } },
      { id: 'c', name: 'Wait', type: 'wait', position: [400, 0] },
    ],
    connections: [main('a', 'b'), main('b', 'c')],
    ...over,
  });

describe('diffWorkflows', () => {
  it('finds nothing between equal documents', () => {
    expect(diffWorkflows(document({ tags: ['x', 'y'] }), document({ tags: ['y', 'x'] }))).toEqual({
      nodes: [],
      connections: [],
      fields: [],
      pinnedData: [],
    });
  });

  it('tells nodes that were added, removed, changed and only moved apart', () => {
    const after = document({
      nodes: [
        { id: 'a', name: 'Start', type: 'manual-trigger', position: [0, 80] },
        { id: 'b', name: 'Get', type: 'http-request', position: [200, 16], parameters: { url: 'two' } },
        { id: 'd', name: 'Wait', type: 'wait' },
      ],
    });
    expect(diffWorkflows(document(), after).nodes).toEqual([
      {
        kind: 'moved',
        nodeId: 'a',
        name: 'Start',
        type: 'manual-trigger',
        fields: [{ path: ['position', 1], before: 0, after: 80 }],
      },
      {
        kind: 'changed',
        nodeId: 'b',
        name: 'Get',
        type: 'http-request',
        fields: [
          { path: ['name'], before: 'Fetch', after: 'Get' },
          { path: ['position', 1], before: 0, after: 16 },
          { path: ['parameters', 'url'], before: 'one', after: 'two' },
        ],
      },
      { kind: 'added', nodeId: 'd', name: 'Wait', type: 'wait', fields: [] },
      { kind: 'removed', nodeId: 'c', name: 'Wait', type: 'wait', fields: [] },
    ]);
  });

  it('tells which connections came and went, whatever their order', () => {
    const before = document();
    const after = document({ connections: [main('b', 'c'), main('a', 'c')] });
    expect(diffWorkflows(before, after).connections).toEqual([
      { kind: 'added', connection: after.connections[1] },
      { kind: 'removed', connection: before.connections[0] },
    ]);
  });

  it('tells changed settings and pinned data', () => {
    const diff = diffWorkflows(
      document({ pinnedData: { b: [{ json: { n: 1 } }] } }),
      document({
        description: 'All',
        settings: { timezone: 'Asia/Shanghai' },
        pinnedData: { b: [{ json: { n: 2 } }] },
      }),
    );
    expect(diff.fields).toEqual([
      { path: ['description'], after: 'All' },
      { path: ['settings', 'timezone'], after: 'Asia/Shanghai' },
    ]);
    expect(diff.pinnedData).toEqual([{ path: ['b', 0, 'json', 'n'], before: 1, after: 2 }]);
  });
});

describe('compareWorkflows', () => {
  it('gives the changed lines of the YAML files with some around them', async () => {
    const before = document();
    const nodes = before.nodes.map((node) =>
      node.id === 'b' ? { ...node, parameters: { url: 'two' } } : node,
    );
    const { hunks } = await compareWorkflows(before, { ...before, nodes });
    expect(hunks).toHaveLength(1);
    expect(hunks[0]?.lines.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: '      url: one' },
      { kind: 'added', text: '      url: two' },
    ]);
    expect(hunks[0]?.lines).toHaveLength(8);
    expect((await compareWorkflows(before, document())).hunks).toEqual([]);
  });

  it('shows texts that have next to nothing in common one after the other', () => {
    const text = (word: string) => Array.from({ length: 1000 }, (_, line) => `${word} ${line}\n`).join('');
    const [hunk, ...others] = diffTexts(text('old'), text('new'));
    expect(others).toEqual([]);
    expect(hunk?.lines).toHaveLength(2000);
    expect(hunk?.lines[1000]).toEqual({ kind: 'added', text: 'new 0' });
  });
});
