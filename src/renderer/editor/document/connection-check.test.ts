import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../contract/index.ts';
import { connectionFault } from './connection-check.ts';
import { nodePorts } from './node-ports.ts';
import { linkOf, nodeOf, typeOf, workflowOf } from './test-kit.ts';

const types = () => typeOf('no-op');

describe('connectionFault', () => {
  const document = workflowOf(['a', 'b'], ['a>b']);

  it('lets a new connection between fitting ports through', () => {
    expect(connectionFault(document, types, linkOf('b>a'))).toBeNull();
  });

  it('refuses doubles, loops onto oneself, unknown ports and ports of different kinds', () => {
    const mixed: Connection = { ...linkOf('b>a'), to: { node: 'a', port: 'model', index: 0 } };
    expect(connectionFault(document, types, linkOf('a>b'))).toBe('duplicate');
    expect(connectionFault(document, types, linkOf('a>a'))).toBe('same-node');
    expect(connectionFault(document, types, linkOf('b:3>a'))).toBe('port-unknown');
    expect(connectionFault(document, types, mixed)).toBe('kinds-differ');
  });
});

describe('nodePorts', () => {
  it('adds the error output after the others', () => {
    expect(nodePorts(nodeOf('a', { onError: 'error-output' }), typeOf('no-op')).outputs).toEqual([
      { kind: 'main', index: 0, name: 'main' },
      { kind: 'main', index: 1, name: 'error' },
    ]);
  });

  it('keeps a port that a connection still uses and says that it is missing', () => {
    expect(nodePorts(nodeOf('a'), undefined, [linkOf('a:2>b')]).outputs).toEqual([
      { kind: 'main', index: 2, name: 'main 2', missing: true },
    ]);
  });
});
