import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';

type Type = 'string' | 'number' | 'boolean' | 'array' | 'object' | 'any';
interface Row {
  name: string;
  type: Type;
  value: unknown;
}

const INCLUDE = { all: 'all', none: 'none', selected: 'selected', except: 'except' } as const;

export const set: NodeMapping = {
  from: ['set'],
  map(source) {
    return source.version < 3 ? beforeThree(source) : sinceThree(source);
  },
};

/** Versions 1 and 2 keep values by type, and do not convert them. */
function beforeThree({ parameters }: SourceNode): MappedNode {
  const values = parameters.child('values');
  const rows = (['boolean', 'number', 'string'] as const).flatMap((type) => {
    const list = values.take(type, []) as Array<{ name?: string; value?: unknown }>;
    // n8n's form begins with these, and leaves them out when they stay.
    const fallback = { boolean: false, number: 0, string: '' }[type];
    return (Array.isArray(list) ? list : []).map((row): Row => ({
      name: row.name ?? 'propertyName',
      type: 'any',
      value: row.value ?? fallback,
    }));
  });
  return {
    type: 'set-fields',
    parameters: {
      mode: 'fields',
      assignments: rows,
      include: parameters.flag('keepOnlySet') === true ? 'none' : 'all',
      dottedPaths: parameters.child('options').flag('dotNotation', true),
    },
  };
}

function sinceThree(source: SourceNode): MappedNode {
  const { parameters, version } = source;
  const options = parameters.child('options');
  const mapped: Record<string, unknown> = {
    ...(source.choose('mode', { manual: 'fields', raw: 'json' }, 'fields') === 'json'
      ? { mode: 'json', json: parameters.take('jsonOutput', '{}') }
      : { mode: 'fields', assignments: version < 3.3 ? fieldsOf(parameters) : assignmentsOf(parameters) }),
    ...includedFields(source),
    dottedPaths: options.flag('dotNotation', true),
    keepUnfit: options.flag('ignoreConversionErrors'),
    keepBinary: keepsBinary(source, options),
  };
  if (parameters.flag('duplicateItem') === true) mapped['copies'] = parameters.number('duplicateCount', 0);
  // What the form remembers of the mode that is not chosen.
  parameters.ignore(
    'jsonOutput',
    'fields',
    'assignments',
    'duplicateCount',
    'includeFields',
    'excludeFields',
  );
  return { type: 'set-fields', parameters: mapped };
}

function includedFields({ parameters, version, choose }: SourceNode): Record<string, unknown> {
  const chosen = choose('include', INCLUDE, 'all');
  // Since 3.3 a switch of its own says whether other fields stay at all.
  const include =
    version >= 3.3 && parameters.flag('includeOtherFields') !== true && !parameters.has('include')
      ? 'none'
      : version >= 3.3 && parameters.take('includeOtherFields') === false
        ? 'none'
        : chosen;
  const list = include === 'selected' ? 'includeFields' : include === 'except' ? 'excludeFields' : null;
  return {
    include,
    ...(list && { includeFields: parameters.names(list).map((field) => ({ field })) }),
  };
}

/** Until 3.3 files stayed unless told; since 3.4 they go unless told otherwise when other fields go. */
function keepsBinary({ parameters, version }: SourceNode, options: ParameterSource): unknown {
  if (version < 3.4) return options.flag('includeBinary', true);
  const strips = options.flag('stripBinary', true);
  return parameters.take('includeOtherFields') === true
    ? strips !== true || !options.has('stripBinary')
    : strips !== true;
}

const VALUE_KEYS: Readonly<Record<string, [Type, unknown]>> = {
  stringValue: ['string', ''],
  numberValue: ['number', 0],
  booleanValue: ['boolean', true],
  arrayValue: ['array', '[]'],
  objectValue: ['object', '{}'],
};

function fieldsOf(parameters: ParameterSource): Row[] {
  return parameters.rows('fields', 'values').map((row) => {
    const key = row.text('type', 'stringValue');
    const [type, fallback] = VALUE_KEYS[key] ?? ['any', ''];
    const value = row.take(key, fallback);
    // The form keeps a value per type.
    row.ignore(...Object.keys(VALUE_KEYS));
    return { name: row.text('name'), type, value };
  });
}

const TYPES: ReadonlySet<string> = new Set<Type>(['string', 'number', 'boolean', 'array', 'object']);

function assignmentsOf(parameters: ParameterSource): Row[] {
  return parameters.rows('assignments', 'assignments').map((row) => {
    row.ignore('id');
    const type = row.text('type', 'string');
    return {
      name: row.text('name'),
      type: TYPES.has(type) ? (type as Type) : 'any',
      value: row.take('value', ''),
    };
  });
}
