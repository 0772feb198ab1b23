import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../read-workflow.ts';
import { importN8n } from './import-n8n.ts';

const node = (name: string, type: string, more: Record<string, unknown> = {}) => ({
  id: `id-${name}`,
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion: 1,
  position: [100, 200],
  parameters: {},
  ...more,
});
const to = (name: string, index = 0) => ({ node: name, type: 'main', index });

describe('importN8n', () => {
  it('keeps names, positions, connections, notes and what every node may be told', () => {
    const { document, report } = importN8n({
      name: 'Orders',
      nodes: [
        node('Start', 'manualTrigger'),
        node('Stay', 'noOp', {
          disabled: true,
          notes: 'why',
          alwaysOutputData: true,
          executeOnce: true,
          onError: 'continueErrorOutput',
          retryOnFail: true,
          maxTries: 4,
          waitBetweenTries: 500,
        }),
      ],
      connections: { Start: { main: [[to('Stay')]] } },
    });
    expect(document).toEqual({
      name: 'Orders',
      schemaVersion: 1,
      nodes: [
        {
          id: 'id-Start',
          name: 'Start',
          type: 'manual-trigger',
          typeVersion: 1,
          position: [100, 200],
          parameters: {},
        },
        {
          id: 'id-Stay',
          name: 'Stay',
          type: 'no-op',
          typeVersion: 1,
          position: [100, 200],
          parameters: {},
          disabled: true,
          notes: 'why',
          alwaysOutput: true,
          executeOnce: true,
          onError: 'error-output',
          retry: { attempts: 4, delayMs: 500, backoff: 'fixed' },
        },
      ],
      connections: [
        {
          from: { node: 'id-Start', port: 'main', index: 0 },
          to: { node: 'id-Stay', port: 'main', index: 0 },
        },
      ],
      settings: { branchOrder: 'breadth-first' },
    });
    expect(report.nodes.map(({ outcome }) => outcome)).toEqual(['mapped', 'mapped']);
  });

  it('keeps a node without counterpart as a placeholder with all its ports', () => {
    const slack = node('Tell', 'nobodyKnows', {
      parameters: { text: '={{ $json.a }}' },
      continueOnFail: true,
    });
    const { document, report } = importN8n({
      nodes: [
        node('Start', 'manualTrigger'),
        slack,
        node('Model', 'unknownModel'),
        node('End', 'noOp', { type: 'n8n-nodes-base.noOp' }),
      ],
      connections: {
        Start: { main: [[to('Tell')]] },
        Tell: { main: [null, [to('End')]] },
        Model: { ai_languageModel: [[{ node: 'Tell', type: 'ai_languageModel', index: 0 }]] },
        Gone: { main: [[to('End')]] },
      },
    });
    expect(document.nodes[1]).toMatchObject({
      name: 'Tell',
      type: 'placeholder',
      onError: 'continue',
      parameters: {
        originalType: 'n8n-nodes-base.nobodyKnows',
        original: slack,
        ports: { inputs: { main: 1, model: 1 }, outputs: { main: 2 } },
      },
    });
    expect(document.connections).toHaveLength(3);
    expect(report.nodes[1]).toMatchObject({
      outcome: 'unsupported',
      findings: [{ kind: 'unsupported', code: 'NODE_UNSUPPORTED' }],
    });
    expect(report.findings).toMatchObject([{ code: 'CONNECTION_DROPPED', details: { target: 'End' } }]);
  });

  it('takes over settings and pinned data, and says what is left to do', () => {
    const { document, report } = importN8n({
      nodes: [node('Start', 'manualTrigger')],
      connections: {},
      settings: {
        executionOrder: 'v1',
        timezone: 'Asia/Shanghai',
        executionTimeout: 90,
        errorWorkflow: '12',
        saveDataSuccessExecution: 'none',
        sounds: 'loud',
      },
      pinData: { Start: [{ json: { a: 1 }, pairedItem: 0, binary: { data: {} } }, { b: 2 }], Gone: [] },
      tags: ['x', { id: '1', name: 'y' }],
    });
    expect(document).toMatchObject({
      name: 'n8n',
      settings: { branchOrder: 'depth-first', timezone: 'Asia/Shanghai', timeoutMs: 90_000, save: 'failed' },
      pinnedData: { 'id-Start': [{ json: { a: 1 }, pairedItem: { item: 0 } }, { json: { b: 2 } }] },
      tags: ['x', 'y'],
    });
    expect(report.findings.map(({ code }) => code)).toEqual([
      'ERROR_WORKFLOW_TO_CHOOSE',
      'SETTING_UNSUPPORTED',
      'PINNED_FILES_DROPPED',
    ]);
  });

  it('mends what old and hand-made files leave out or repeat', () => {
    const { document } = importN8n({
      nodes: [
        { type: 'n8n-nodes-base.start' },
        { name: 'A', type: 'n8n-nodes-base.noOp', id: 'x', position: ['10', '20'] },
        { name: 'A', type: 'n8n-nodes-base.noOp', id: 'x', typeVersion: '1' },
      ],
    });
    expect(document.nodes.map(({ id, name, position }) => [id, name, position])).toEqual([
      ['n1', 'n8n-nodes-base.start', [0, 0]],
      ['x', 'A', [10, 20]],
      ['x-3', 'A 2', [0, 0]],
    ]);
  });
});

describe('readWorkflow', () => {
  it('tells the formats apart, also within wrappers and lists of one', async () => {
    const foreign = { nodes: [node('Start', 'manualTrigger')], connections: {} };
    for (const value of [foreign, { name: 'T', workflow: foreign }, { data: foreign }, [foreign]]) {
      const { document, report } = await readWorkflow(JSON.stringify(value), '/somewhere/My flow.json');
      expect(report?.source).toBe('n8n');
      expect(document.name).toBe('workflow' in value ? 'T' : 'My flow');
    }
    const own = { name: 'Ours', nodes: [{ id: 'a', name: 'A', type: 'manual-trigger' }] };
    expect(await readWorkflow(JSON.stringify(own))).toMatchObject({
      document: { name: 'Ours' },
      report: null,
    });
  });

  it('says which node of a broken file cannot be read', async () => {
    const broken = { nodes: [node('Start', 'manualTrigger'), { name: 'no type' }], connections: {} };
    await expect(readWorkflow(JSON.stringify(broken), 'a.json')).rejects.toMatchObject({
      code: 'WORKFLOW_FILE_INVALID',
      facts: { issues: [{ path: 'nodes[1].type' }] },
    });
  });
});
