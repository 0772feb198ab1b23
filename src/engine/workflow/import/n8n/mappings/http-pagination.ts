import type { SourceNode } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';
import { withoutUndefined } from './http-fields.ts';

const PLACES: Readonly<Record<string, string>> = { qs: 'query', headers: 'headers', body: 'body' };
const ENDS = { responseIsEmpty: 'empty', receiveSpecificStatusCodes: 'status', other: 'expression' };
/** n8n asks on for as long as there are pages; this is the most that the node takes. */
const NO_LIMIT = 100_000;

/** How pages are asked for, with the expressions as they are: they see the same names here. */
export function paginationOf(source: SourceNode, options: ParameterSource): Record<string, unknown> {
  if (!options.has('pagination')) return {};
  const settings = options.child('pagination').child('pagination');
  const mode = settings.text('paginationMode', 'updateAParameterInEachRequest');
  const rows = settings.rows('parameters', 'parameters').map((row) => ({
    place: source.choose('type', PLACES, 'query', row),
    name: row.text('name'),
    value: row.text('value'),
  }));
  const ending = withoutUndefined({
    endWhen: source.choose('paginationCompleteWhen', ENDS, 'empty', settings),
    endStatuses: settings.text('statusCodesWhenComplete'),
    endExpression: settings.text('completeExpression'),
    maxPages: settings.flag('limitPagesFetched') === true ? settings.number('maxRequests', 100) : NO_LIMIT,
    pageIntervalMs: settings.number('requestInterval', 0),
  });
  const nextUrl = settings.text('nextURL');
  settings.ignore('maxRequests', 'webhookNotice');
  switch (mode) {
    case 'off':
      return {};
    case 'updateAParameterInEachRequest':
      return { pagination: 'changed-parameters', pageParameters: rows, ...ending };
    case 'responseContainsNextURL':
      return { pagination: 'next-url-expression', nextUrl, ...ending };
    default:
      source.note('unsupported', 'PARAMETER_UNSUPPORTED', { parameter: 'options.pagination', value: mode });
      return {};
  }
}
