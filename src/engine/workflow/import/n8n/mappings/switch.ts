import type { Condition, ConditionSet, ConditionType } from '../../../../../contract/index.ts';
import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { firstCondition, toConditionSet } from './n8n-conditions.ts';

const TYPES: Readonly<Record<string, ConditionType>> = {
  boolean: 'boolean',
  dateTime: 'date-time',
  number: 'number',
  string: 'string',
};
const FIRST_VALUES: Readonly<Record<string, unknown>> = {
  boolean: false,
  dateTime: '',
  number: 0,
  string: '',
};

interface Rule {
  name: string;
  conditions: ConditionSet;
}

export const switchNode: NodeMapping = {
  from: ['switch'],
  map(source) {
    if (source.choose('mode', { rules: 'rules', expression: 'index' }, 'rules') === 'index')
      return byIndex(source);
    return source.version < 3 ? beforeThree(source) : sinceThree(source);
  },
};

function byIndex({ parameters, version }: SourceNode): MappedNode {
  const outputs = version < 2 ? 4 : parameters.number(version < 3 ? 'outputsAmount' : 'numberOutputs', 4);
  const output = parameters.take('output', 0);
  parameters.ignore('rules', 'options', 'dataType', 'value1', 'fallbackOutput');
  return { type: 'switch', parameters: { mode: 'index', outputs, output } };
}

function sinceThree(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  const more = {
    loose: options.take('looseTypeValidation') ?? parameters.take('looseTypeValidation'),
    ignoreCase: options.take('ignoreCase'),
  };
  const rules = parameters.rows('rules', 'values').map((row): Rule => {
    const isRenamed = row.flag('renameOutput') === true;
    const name = row.text('outputKey');
    return { name: isRenamed ? name : '', conditions: toConditionSet(row.take('conditions'), more) };
  });
  parameters.ignore('numberOutputs', 'output');
  options.ignore('renameFallbackOutput');
  const fallback = options.take('fallbackOutput', 'none');
  return {
    type: 'switch',
    parameters: {
      mode: 'rules',
      rules,
      allMatching: options.flag('allMatchingOutputs'),
      ...(fallback === 'none' || fallback === 'extra'
        ? { fallback }
        : { fallback: 'output', fallbackOutput: fallback }),
    },
  };
}

/**
 * Until version 3 a rule names its output, and several may name the same one. Ours has one output per rule: rules of one
 * output become one rule with "or", at the place of its first.
 */
function beforeThree(source: SourceNode): MappedNode {
  const { parameters, version } = source;
  const dataType = parameters.text('dataType', 'number');
  const type = TYPES[dataType] ?? 'string';
  const left = parameters.take('value1', FIRST_VALUES[dataType]);
  const byOutput = new Map<number, { name: string; conditions: Condition[] }>();
  for (const [index, row] of parameters.rows('rules', 'rules').entries()) {
    const operation = row.text(
      'operation',
      dataType === 'dateTime' ? 'after' : dataType === 'number' ? 'smaller' : 'equal',
    );
    const output = version < 2 ? Number(row.number('output', 0)) : Number(row.number('output', index));
    const group = byOutput.get(output) ?? { name: version < 2 ? '' : row.text('outputKey'), conditions: [] };
    row.ignore('outputKey');
    group.conditions.push(firstCondition(type, operation, left, row.take('value2', FIRST_VALUES[dataType])));
    byOutput.set(output, group);
  }
  const used = [...byOutput.keys()];
  const fallback = parameters.take('fallbackOutput', version < 2 ? -1 : 'none');
  const outputs: number[] = [];
  used.forEach((output, index) => (outputs[output] = index));
  const isNone = fallback === -1 || fallback === 'none' || fallback === '';
  const known = used.indexOf(Number(fallback));
  if (!isNone && known < 0 && Number.isInteger(Number(fallback))) outputs[Number(fallback)] = used.length;
  // Outputs that nothing leads to go behind the others.
  for (let free = used.length + 1, output = 0; output < source.connectedOutputs; output++)
    outputs[output] ??= free++;
  return {
    type: 'switch',
    parameters: {
      mode: 'rules',
      rules: used.map((output) => {
        const { name, conditions } = byOutput.get(output) as { name: string; conditions: Condition[] };
        return { name, conditions: { combinator: 'or', conditions, caseSensitive: true, loose: true } };
      }),
      ...(isNone
        ? { fallback: 'none' }
        : known >= 0
          ? { fallback: 'output', fallbackOutput: known }
          : { fallback: 'extra' }),
    },
    outputs,
  };
}
