import type {
  Connection,
  NodeTypeDescription,
  WorkflowDocument,
  WorkflowNode,
} from '../../../contract/index.ts';

/** A workflow for tests: nodes named by their ids, connections as `a>b` or `a:1>b:0`. */
export function workflowOf(
  ids: string[],
  links: string[] = [],
  changes: Partial<WorkflowDocument> = {},
): WorkflowDocument {
  return {
    name: 'Test',
    schemaVersion: 1,
    nodes: ids.map((id, index) => nodeOf(id, { position: [index * 224, 0] })),
    connections: links.map(linkOf),
    settings: {},
    ...changes,
  };
}

export function nodeOf(id: string, changes: Partial<WorkflowNode> = {}): WorkflowNode {
  return { id, name: id, type: 'no-op', typeVersion: 1, position: [0, 0], parameters: {}, ...changes };
}

export function linkOf(text: string): Connection {
  const [from, to] = text.split('>').map((end) => {
    const [node, index] = end.split(':');
    return { node: node!, port: 'main' as const, index: Number(index ?? 0) };
  });
  return { from: from!, to: to! };
}

export function typeOf(type: string, changes: Partial<NodeTypeDescription> = {}): NodeTypeDescription {
  const texts = { name: type, description: '' };
  return {
    type,
    version: 1,
    group: 'core',
    trigger: false,
    icon: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    inputs: [{ kind: 'main', name: 'main' }],
    outputs: [{ kind: 'main', name: 'main' }],
    parameters: [],
    credentials: [],
    aliases: [],
    texts: { en: texts, 'zh-CN': texts },
    ...changes,
  };
}
