import type { NodeMapping } from '../mapping.ts';

export const executionData: NodeMapping = {
  from: ['executionData'],
  map({ parameters }) {
    parameters.ignore('operation');
    const marks = parameters
      .rows('dataToSave', 'values')
      .map((row) => ({ key: row.text('key'), value: row.text('value') }))
      .filter(({ key }) => key !== '');
    return { type: 'execution-data', parameters: { marks } };
  },
};
