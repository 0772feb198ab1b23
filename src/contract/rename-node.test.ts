import { describe, expect, it } from 'vitest';
import { renameNode } from './rename-node.ts';
import { WorkflowDocument } from './schemas/workflow.ts';

function documentWith(parameters: Record<string, unknown>, oldName = 'Old'): WorkflowDocument {
  return WorkflowDocument.parse({
    name: 'Orders',
    nodes: [
      { id: 'a', name: oldName, type: 'x' },
      { id: 'b', name: 'Other', type: 'x', parameters },
      { id: 'c', name: 'Third', type: 'x', parameters: { text: 'plain' } },
    ],
  });
}

function renamed(text: string, name: string, oldName = 'Old'): unknown {
  return renameNode(documentWith({ text }, oldName), 'a', name).nodes[1]?.parameters['text'];
}

describe('renameNode', () => {
  it('renames the node and rewrites references at any depth', () => {
    const before = documentWith({
      list: [{ value: '={{ $("Old").item.json.x }}' }],
      code: "return $('Old').all()",
    });
    const after = renameNode(before, 'a', 'New');

    expect(after.nodes[0]?.name).toBe('New');
    expect(after.nodes[1]?.parameters).toEqual({
      list: [{ value: '={{ $("New").item.json.x }}' }],
      code: "return $('New').all()",
    });
    expect(after.nodes[2]).toBe(before.nodes[2]);
  });

  it.each([
    [`={{ $node["Old"].json }}`, `={{ $node["New"].json }}`],
    [`={{ $node['Old'].json }}`, `={{ $node['New'].json }}`],
    ['={{ $(`Old`).first() }}', '={{ $(`New`).first() }}'],
    [`={{ $items( "Old" ) }}`, `={{ $items( "New" ) }}`],
    [`={{ $node.Old.json }}`, `={{ $node.New.json }}`],
    [
      `={{ $("Older").item + $node.Older.json + "Old" }}`,
      `={{ $("Older").item + $node.Older.json + "Old" }}`,
    ],
  ])('turns %s into %s', (text, expected) => {
    expect(renamed(text, 'New')).toBe(expected);
  });

  it('escapes names for the quotes they stand in', () => {
    expect(renamed(`={{ $('Old') }}`, `It's`)).toBe(`={{ $('It\\'s') }}`);
    expect(renamed('={{ $(`Old`) }}', '${x}')).toBe('={{ $(`\\${x}`) }}');
    expect(renamed(`={{ $node.Old.json }}`, 'New name')).toBe(`={{ $node["New name"].json }}`);
    expect(renamed(`={{ $('It\\'s') }}`, 'New', `It's`)).toBe(`={{ $('New') }}`);
  });

  it('understands names in Chinese', () => {
    expect(renamed(`={{ $node.订单.json + $('订单').item }}`, '客户', '订单')).toBe(
      `={{ $node.客户.json + $('客户').item }}`,
    );
  });

  it('gives the same document when nothing changes', () => {
    const document = documentWith({});
    expect(renameNode(document, 'a', 'Old')).toBe(document);
    expect(renameNode(document, 'nothing', 'New')).toBe(document);
  });
});
