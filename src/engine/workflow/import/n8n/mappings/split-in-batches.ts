import type { NodeMapping } from '../mapping.ts';

/** Version 3 turned the outputs round; version 1 had no output for the end. */
export const splitInBatches: NodeMapping = {
  from: ['splitInBatches'],
  map({ parameters, version }) {
    const reset = parameters.child('options').take('reset', false);
    return {
      type: 'loop-over-items',
      parameters: { batchSize: parameters.number('batchSize', version < 3 ? 10 : 1), reset },
      ...(version >= 3 && { outputs: [1, 0] }),
    };
  },
};
