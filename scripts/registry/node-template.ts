export interface NewNode {
  /** Folder below `src/engine/nodes`, which is also the palette's group. */
  group: string;
  /** kebab-case. */
  type: string;
}

/** File name within the node's folder to content: a complete node that passes its own test. */
export function nodeTemplate({ group, type }: NewNode): Map<string, string> {
  const name = exportNameOf(type);
  const title = type.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
  return new Map([
    [`${type}.node.ts`, definitionOf({ group, type }, name)],
    [`${type}.node.test.ts`, testOf(type, name)],
    [
      'locales/en.json',
      textsOf(title, 'Says what this node does.', 'Input', 'Field', 'Name of the field to set.'),
    ],
    ['locales/zh-CN.json', textsOf(title, '说明该节点的作用。', '输入', '字段', '要设置的字段名称。')],
    ['icon.svg', ICON],
  ]);
}

/** `if` and `switch` are words of the language, so all names end in Node. */
function exportNameOf(type: string): string {
  return `${type.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())}Node`;
}

function definitionOf({ group, type }: NewNode, name: string): string {
  return `import { defineNode, derive, MAIN_PORT, param } from '../../../node-kit/index.ts';

export const ${name} = defineNode({
  type: '${type}',
  version: 1,
  group: '${group}',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  parameters: {
    field: param.string({ default: 'result', required: true }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem((item, index) => {
      const { field } = context.parameters(index);
      return derive({ ...item.json, [field]: true }, index, 0, item.binary);
    });
  },
});
`;
}

function testOf(type: string, name: string): string {
  return `import { describe, expect, it } from 'vitest';
import { items, runNode } from '../../../node-kit/test-harness.ts';
import { ${name} } from './${type}.node.ts';

describe('${type}', () => {
  it('sets the field on every item', async () => {
    const { ports } = await runNode(${name}, {
      parameters: { field: 'done' },
      items: items({ a: 1 }),
    });
    expect(ports).toEqual([[{ json: { a: 1, done: true }, pairedItem: { item: 0 } }]]);
  });
});
`;
}

function textsOf(
  name: string,
  description: string,
  port: string,
  field: string,
  fieldDescription: string,
): string {
  const parameters = { field: { label: field, description: fieldDescription } };
  return `${JSON.stringify({ name, description, ports: { main: port }, parameters }, null, 2)}\n`;
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="#5b74d6" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"><path d="M5 5h14v14H5zM9 12h6M12 9v6"/></svg>\n';
