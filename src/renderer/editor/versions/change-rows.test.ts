import { expect, it } from 'vitest';
import { WorkflowDocument, type WorkflowDiff, type WorkflowDocumentInput } from '../../../contract/index.ts';
import { changeRows } from './change-rows.ts';

const node = (id: string, url: string): WorkflowDocumentInput['nodes'][number] => ({
  id,
  name: id.toUpperCase(),
  type: 'http-request',
  parameters: { url },
});

it('lists every change once, under what it is about', () => {
  const before = WorkflowDocument.parse({ name: 'Old', nodes: [node('a', '1'), node('b', '1')] });
  const after = WorkflowDocument.parse({ name: 'New', nodes: [node('a', '2'), node('c', '3')] });
  const about = (id: string) => ({ nodeId: id, name: id.toUpperCase(), type: 'http-request' });
  const fields = [{ path: ['parameters', 'url'], before: '1', after: '2' }];
  const diff: WorkflowDiff = {
    nodes: [
      { kind: 'changed', ...about('a'), fields },
      { kind: 'added', ...about('c'), fields: [] },
      { kind: 'removed', ...about('b'), fields: [] },
    ],
    connections: [
      {
        kind: 'added',
        connection: {
          from: { node: 'a', port: 'main', index: 1 },
          to: { node: 'x', port: 'main', index: 0 },
        },
      },
    ],
    fields: [{ path: ['name'], before: 'Old', after: 'New' }],
    pinnedData: [{ path: ['c', 0, 'json', 'n'], after: 1 }],
  };

  const rows = changeRows({ before, after, diff, hunks: [] }, 'gone');
  expect(
    rows.map(({ section, mark, title, nodeId, fields }) => [section, mark, title, nodeId, fields]),
  ).toEqual([
    ['nodes', 'changed', 'A', 'a', fields],
    ['nodes', 'added', 'C', 'c', [{ path: ['url'], after: '3' }]],
    ['nodes', 'removed', 'B', 'b', [{ path: ['url'], before: '1' }]],
    ['connections', 'added', 'A (2) → gone', null, []],
    ['settings', 'changed', '', null, diff.fields],
    ['pinnedData', 'changed', 'C', 'c', [{ path: [0, 'json', 'n'], after: 1 }]],
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});
