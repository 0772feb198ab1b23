import type { NodeMapping } from '../mapping.ts';

/** `start` is how workflows before 2022 began. */
export const manualTrigger: NodeMapping = {
  from: ['manualTrigger', 'start'],
  map({ parameters }) {
    parameters.ignore('notice');
    return { type: 'manual-trigger', parameters: {} };
  },
};
