import type { NodeMapping } from '../mapping.ts';

export const errorTrigger: NodeMapping = {
  from: ['errorTrigger'],
  map: () => ({ type: 'error-trigger', parameters: {} }),
};
