import type { NodeMapping } from '../mapping.ts';

export const compareDatasets: NodeMapping = {
  from: ['compareDatasets'],
  map(source) {
    const { parameters, version } = source;
    const options = parameters.child('options');
    const fields = (text: string) =>
      text
        .split(',')
        .map((field) => ({ field: field.trim() }))
        .filter(({ field }) => field !== '');
    return {
      type: 'compare-datasets',
      parameters: {
        keys: parameters
          .rows('mergeByFields', 'values')
          .map((row) => ({ first: row.text('field1'), second: row.text('field2') })),
        different: source.choose(
          'resolve',
          { includeBoth: 'both', preferInput1: 'first', preferInput2: 'second', mix: 'mix' },
          version < 2 ? 'second' : 'both',
        ),
        prefer: source.choose('preferWhenMix', { input1: 'first', input2: 'second' }, 'first'),
        except: fields(parameters.text('exceptWhenMix')),
        skip: fields(options.text('skipFields')),
        multipleMatches: source.choose('multipleMatches', { first: 'first', all: 'all' }, 'first', options),
        // A setting of its own since version 2, an option before.
        loose: version < 2 ? options.flag('fuzzyCompare') : parameters.flag('fuzzyCompare'),
        missingIsEmpty: version >= 2.1,
        dottedPaths: options.flag('disableDotNotation') !== true,
        sideNames: version < 2 ? '1-2' : 'A-B',
        callsInputs: version < 2.3,
      },
    };
  },
};
