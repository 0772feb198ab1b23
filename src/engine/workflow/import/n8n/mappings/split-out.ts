import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';

export const splitOut: NodeMapping = { from: ['splitOut'], map: mapSplitOut };

const INCLUDE = { noOtherFields: 'none', allOtherFields: 'all', selectedOtherFields: 'selected' } as const;

/** Also one of the operations of Item Lists. */
export function mapSplitOut(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  const fields = parameters.names('fieldToSplitOut');
  const destinations = options.names('destinationFieldName');
  const include = source.choose('include', INCLUDE, 'none');
  options.ignore('disableDotNotation');
  return {
    type: 'split-out',
    parameters: {
      fields: fields.map((field, index) => ({ field, destination: destinations[index] ?? '' })),
      include,
      ...(include === 'selected' && {
        includeFields: fieldNames(source, 'fieldsToInclude').map((field) => ({ field })),
      }),
      missing: source.type === 'itemLists' && source.version < 2.1 ? 'fail' : 'ignore',
      keepBinary: options.flag('includeBinary'),
    },
  };
}

/** Names of fields: a text with commas, a list, or (in the first versions) rows. */
export function fieldNames({ parameters }: SourceNode, name: string): string[] {
  const value = parameters.take(name, []);
  const rows = (value as { fields?: unknown } | null)?.fields;
  if (!Array.isArray(rows)) return parameters.names(name);
  return rows
    .map((row: { fieldName?: unknown }) => String(row.fieldName ?? '').trim())
    .filter((field) => field !== '');
}
