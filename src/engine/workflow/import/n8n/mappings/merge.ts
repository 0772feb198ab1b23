import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';

export const merge: NodeMapping = {
  from: ['merge'],
  map: (source) => (source.version < 2 ? versionOne(source) : laterVersion(source)),
};

/** Whose value counts in version 1: the second's, or only where the first has none. */
const OVERWRITE: Readonly<Record<string, Record<string, unknown>>> = {
  always: { clash: 'prefer-last' },
  blank: { clash: 'prefer-first', skipEmpty: true },
  undefined: { clash: 'prefer-first' },
};
const INPUT = { input1: 1, input2: 2 } as const;

function versionOne(source: SourceNode): MappedNode {
  const { parameters } = source;
  const mode = parameters.text('mode', 'append');
  const byKey = (more: Record<string, unknown>): MappedNode => ({
    type: 'merge',
    parameters: {
      mode: 'by-key',
      fields: [{ first: parameters.text('propertyName1'), second: parameters.text('propertyName2') }],
      ...more,
    },
  });
  switch (mode) {
    case 'append':
      return { type: 'merge', parameters: { mode: 'append', inputs: 2 } };
    case 'keepKeyMatches':
      return byKey({ join: 'inner', keep: 'first', multipleMatches: 'first' });
    case 'removeKeyMatches':
      return byKey({ join: 'anti', keep: 'first' });
    case 'mergeByKey':
      return byKey({
        join: 'left',
        multipleMatches: 'last',
        ...OVERWRITE[parameters.text('overwrite', 'always')],
        nested: 'shallow',
      });
    case 'mergeByIndex': {
      const join = source.choose('join', { inner: 'inner', left: 'left', outer: 'outer' }, 'left');
      return {
        type: 'merge',
        parameters: {
          mode: 'by-position',
          inputs: 2,
          includeUnpaired: join === 'outer',
          ...(join === 'left' && { includeUnpaired: true, unpairedFrom: 'first' }),
          clash: 'prefer-last',
          nested: 'shallow',
        },
      };
    }
    case 'multiplex':
      return { type: 'merge', parameters: { mode: 'combinations', clash: 'prefer-last', nested: 'shallow' } };
    default:
      // `wait` and `passThrough` give one input, the first unless told otherwise.
      return {
        type: 'merge',
        parameters: {
          mode: 'choose-branch',
          inputs: 2,
          branch: source.choose('output', INPUT, 1),
          ...(mode === 'wait' && { emptyItem: true }),
        },
      };
  }
}

function laterVersion(source: SourceNode): MappedNode | null {
  const { parameters, version } = source;
  const inputs = version < 3 ? 2 : parameters.number('numberInputs', 2);
  const options = parameters.child('options');
  switch (parameters.text('mode', 'append')) {
    case 'append':
      parameters.ignore('output');
      return { type: 'merge', parameters: { mode: 'append', inputs } };
    case 'chooseBranch': {
      parameters.ignore('chooseBranchMode');
      const output =
        version < 3 ? parameters.text('output', 'input1') : parameters.text('output', 'specifiedInput');
      const branch = version < 3 ? (INPUT[output as 'input1'] ?? 1) : parameters.number('useDataOfInput', 1);
      return {
        type: 'merge',
        parameters: { mode: 'choose-branch', inputs, branch, ...(output === 'empty' && { emptyItem: true }) },
      };
    }
    case 'combineBySql':
      return {
        type: 'merge',
        parameters: {
          mode: 'sql',
          inputs,
          query: parameters.text('query', 'SELECT * FROM input1 LEFT JOIN input2 ON input1.name = input2.id'),
        },
      };
    default:
      return combine(source, options, inputs);
  }
}

function combine(source: SourceNode, options: ParameterSource, inputs: unknown): MappedNode {
  const { parameters, version } = source;
  const how =
    version < 3
      ? source.choose(
          'combinationMode',
          { mergeByFields: 'by-key', mergeByPosition: 'by-position', multiplex: 'combinations' },
          'by-key',
        )
      : source.choose(
          'combineBy',
          { combineByFields: 'by-key', combineByPosition: 'by-position', combineAll: 'combinations' },
          'by-key',
        );
  const clash = clashOf(source, options);
  options.ignore('disableDotNotation');
  parameters.ignore(
    'mergeByFields',
    'advanced',
    'fieldsToMatchString',
    'joinMode',
    'outputDataFrom',
    'numberInputs',
  );
  if (how === 'by-position') {
    return {
      type: 'merge',
      parameters: { mode: how, inputs, includeUnpaired: options.flag('includeUnpaired'), ...clash },
    };
  }
  if (how === 'combinations') return { type: 'merge', parameters: { mode: how, ...clash } };
  const joinMode = parameters.text('joinMode', 'keepMatches');
  const keep = source.choose('outputDataFrom', { both: 'both', input1: 'first', input2: 'second' }, 'both');
  const join =
    {
      keepMatches: 'inner',
      keepNonMatches: 'anti',
      keepEverything: 'outer',
      enrichInput1: 'left',
      enrichInput2: 'right',
    }[joinMode] ?? 'inner';
  return {
    type: 'merge',
    parameters: {
      mode: how,
      fields: matchFields(parameters, version),
      join,
      ...((join === 'inner' || join === 'anti') && { keep }),
      ...(join === 'anti' && keep === 'both' && { sourceField: '_source' }),
      multipleMatches: source.choose('multipleMatches', { all: 'all', first: 'first' }, 'all', options),
      looseKeys: options.flag('fuzzyCompare'),
      missing: version < 2.1 ? 'fail' : 'ignore',
      ...clash,
      ...(join === 'right' && !options.has('clashHandling') && { clash: 'prefer-first' }),
    },
  };
}

function matchFields(parameters: ParameterSource, version: number): Array<{ first: string; second: string }> {
  if (version >= 3 && parameters.flag('advanced') !== true && parameters.has('fieldsToMatchString'))
    return parameters.names('fieldsToMatchString').map((field) => ({ first: field, second: field }));
  return parameters
    .rows('mergeByFields', 'values')
    .map((row) => ({ first: row.text('field1'), second: row.text('field2') }));
}

/** Of the same field in both, the second wins unless told otherwise. */
function clashOf(source: SourceNode, options: ParameterSource): Record<string, unknown> {
  const values = options.child('clashHandling').child('values');
  const preferred = source.choose(
    'resolveClash',
    {
      preferInput1: 'prefer-first',
      preferInput2: 'prefer-last',
      preferLast: 'prefer-last',
      addSuffix: 'suffix-all',
    },
    'prefer-last',
    values,
  );
  return {
    clash: preferred,
    nested: source.choose(
      'mergeMode',
      { deepMerge: 'deep', deepMergeCombine: 'deep', shallowMerge: 'shallow' },
      'deep',
      values,
    ),
    skipEmpty: values.flag('overrideEmpty'),
  };
}
