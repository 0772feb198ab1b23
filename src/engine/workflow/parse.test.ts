import { describe, expect, it } from 'vitest';
import { parseWorkflow } from './parse.ts';

const MINIMAL = { name: 'Orders', nodes: [{ id: 'a', name: 'Start', type: 'manual-trigger' }] };

describe('parseWorkflow', () => {
  it('fills in what a document leaves out', () => {
    expect(parseWorkflow(MINIMAL)).toEqual({
      name: 'Orders',
      schemaVersion: 1,
      nodes: [
        { id: 'a', name: 'Start', type: 'manual-trigger', typeVersion: 1, position: [0, 0], parameters: {} },
      ],
      connections: [],
      settings: {},
    });
  });

  it('says where a document is wrong', () => {
    const document = {
      name: '',
      nodes: [{ id: 'a', name: 'Start' }],
      connections: [{ from: { node: 'a', port: 'mian' } }],
    };
    expect(() => parseWorkflow(document)).toThrow(
      expect.objectContaining({
        code: 'WORKFLOW_FILE_INVALID',
        facts: expect.objectContaining({
          issues: [
            { path: 'name', reason: expect.any(String) },
            { path: 'nodes[0].type', reason: expect.stringContaining('string') },
            { path: 'connections[0].from.port', reason: expect.stringContaining('"main"') },
            { path: 'connections[0].to', reason: expect.any(String) },
          ],
        }),
      }),
    );
  });

  it.each([null, 3, 'text', [MINIMAL]])('refuses %j', (value) => {
    expect(() => parseWorkflow(value)).toThrow(expect.objectContaining({ code: 'WORKFLOW_FILE_INVALID' }));
  });

  it('reads documents from before schema versions', () => {
    expect(parseWorkflow({ ...MINIMAL, schemaVersion: 0 })).toEqual(parseWorkflow(MINIMAL));
  });

  it('refuses documents of a newer program', () => {
    expect(() => parseWorkflow({ ...MINIMAL, schemaVersion: 99 })).toThrow(
      expect.objectContaining({ code: 'WORKFLOW_TOO_NEW', facts: { version: 99, supported: 1 } }),
    );
  });
});
