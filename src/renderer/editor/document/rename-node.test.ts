import { describe, expect, it } from 'vitest';
import { renameNode } from './rename-node.ts';
import { nodeOf, workflowOf } from './test-kit.ts';

describe('renameNode', () => {
  it('rewrites references wherever they are, and nothing else', () => {
    const parameters = {
      a: `={{ $('Old').item.json.x + $node["Old"].json.y }}`,
      list: [{ value: '={{ $("Older").first() }}' }, 'Old'],
    };
    const document = workflowOf([], [], {
      nodes: [nodeOf('o', { name: 'Old' }), nodeOf('b', { parameters })],
    });
    const renamed = renameNode(document, 'o', `It's new`);
    expect(renamed.nodes[0]!.name).toBe(`It's new`);
    expect(renamed.nodes[1]!.parameters).toEqual({
      a: `={{ $('It\\'s new').item.json.x + $node["It's new"].json.y }}`,
      list: [{ value: '={{ $("Older").first() }}' }, 'Old'],
    });
  });
});
