import { describe, expect, it } from 'vitest';
import type { NodeRun, NodeTypeDescription, WorkflowNode } from '../../contract/index.ts';
import { outputPortNames } from './output-ports.ts';

const texts = { name: 'If', description: '', ports: { true: 'True' } };
const type: NodeTypeDescription = {
  type: 'if',
  version: 1,
  group: 'logic',
  trigger: false,
  icon: '',
  inputs: [],
  outputs: [
    { kind: 'main', name: 'true' },
    { kind: 'main', name: 'main' },
  ],
  parameters: [],
  credentials: [],
  aliases: [],
  texts: { en: texts, 'zh-CN': texts },
};
const node: WorkflowNode = {
  id: 'n',
  name: 'If',
  type: 'if',
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
  onError: 'error-output',
};
const run = (itemCounts: number[]): NodeRun => ({
  nodeId: 'n',
  nodeName: 'If',
  runIndex: 0,
  status: 'success',
  startedAt: 0,
  durationMs: 0,
  attempt: 1,
  pinned: false,
  sources: [],
  itemCounts,
  outputs: [],
});

describe('outputPortNames', () => {
  it('uses the texts of the node type and marks the error output', () => {
    expect(outputPortNames(run([1, 0, 2]), node, type, 'en')).toEqual(['True', '', 'error']);
  });

  it('names no port of a node type that is not installed', () => {
    expect(outputPortNames(run([1, 0]), node, undefined, 'en')).toEqual(['', '']);
  });
});
