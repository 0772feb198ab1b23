import type { NodeMapping } from '../mapping.ts';

export const executeCommand: NodeMapping = {
  from: ['executeCommand'],
  map: (source) => ({
    type: 'execute-command',
    parameters: {
      mode: source.choose<string>('executeOnce', { true: 'once', false: 'each-item' }, 'once'),
      command: source.parameters.text('command'),
    },
  }),
};
