import type { NodeMapping } from '../mapping.ts';

export const stopAndError: NodeMapping = {
  from: ['stopAndError'],
  map(source) {
    const { parameters } = source;
    const kind = source.choose('errorType', { errorMessage: 'message', errorObject: 'object' }, 'message');
    return {
      type: 'stop-and-error',
      parameters:
        kind === 'message'
          ? { kind, message: parameters.text('errorMessage') }
          : { kind, error: parameters.take('errorObject', '{}') },
    };
  },
};
