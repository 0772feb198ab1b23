import { PORT_KINDS } from '../../../../contract/index.ts';
import { defineNode, NodeError, param } from '../../../node-kit/index.ts';

const ports = (side: 'inputs' | 'outputs') =>
  PORT_KINDS.map((kind) => ({ kind, name: 'main', repeat: { parameter: `ports.${side}.${kind}` } }));

/** Keeps the place, the connections and the settings of a node from elsewhere that has no counterpart here. */
export const placeholder = defineNode({
  type: 'placeholder',
  version: 1,
  group: 'core',
  hidden: true,
  inputs: ports('inputs'),
  outputs: ports('outputs'),
  parameters: {
    source: param.string({ expression: false, hidden: true }),
    originalType: param.string({ expression: false, hidden: true }),
    original: param.json({ expression: false }),
    ports: param.json({
      expression: false,
      hidden: true,
      default: { inputs: { main: 1 }, outputs: { main: 1 } },
    }),
  },
  effect: 'pure',
  execute({ rawParameters }) {
    throw new NodeError('PLACEHOLDER_REACHED', { type: rawParameters['originalType'] });
  },
});
