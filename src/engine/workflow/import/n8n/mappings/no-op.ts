import type { NodeMapping } from '../mapping.ts';

export const noOp: NodeMapping = {
  from: ['noOp'],
  map: () => ({ type: 'no-op', parameters: {} }),
};
