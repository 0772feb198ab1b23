import { NodeError } from '../../../node-kit/index.ts';
import type { Draft, DraftBody } from './draft.ts';
import { pairsOfJson, type Pair } from './json-pairs.ts';

/** Fields to put into a request, in the place of those with the same names. */
export interface DraftChange {
  query?: readonly Pair[];
  headers?: readonly Pair[];
  body?: Readonly<Record<string, unknown>>;
}

/** Throws PARAMETER_INVALID where fields are to go into a body that has none. */
export function changeDraft(draft: Draft, { query = [], headers = [], body = {} }: DraftChange): Draft {
  return {
    ...draft,
    query: replaced(draft.query, query, (name) => name),
    headers: replaced(draft.headers, headers, (name) => name.toLowerCase()),
    body: Object.keys(body).length > 0 ? changeBody(draft.body, body) : draft.body,
  };
}

function changeBody(body: DraftBody, fields: Readonly<Record<string, unknown>>): DraftBody {
  const pairs = () => pairsOfJson(fields, { parameter: 'body', arrayFormat: 'repeat' });
  switch (body.kind) {
    case 'none':
      return { kind: 'json', value: fields };
    case 'json':
      if (typeof body.value === 'object' && body.value !== null && !Array.isArray(body.value))
        return { kind: 'json', value: { ...body.value, ...fields } };
      break;
    case 'form':
      return { kind: 'form', fields: replaced(body.fields, pairs(), (name) => name) };
    case 'multipart': {
      const parts = body.parts.filter(({ name }) => !Object.hasOwn(fields, name));
      return { kind: 'multipart', parts: [...parts, ...pairs().map(([name, value]) => ({ name, value }))] };
    }
  }
  throw new NodeError('PARAMETER_INVALID', {
    parameter: 'body',
    field: 'body',
    reason: `"${Object.keys(fields)[0]}" can be put into JSON objects and forms only`,
  });
}

function replaced(
  pairs: readonly Pair[],
  by: readonly Pair[],
  key: (name: string) => string,
): readonly Pair[] {
  if (by.length === 0) return pairs;
  const names = new Set(by.map(([name]) => key(name)));
  return [...pairs.filter(([name]) => !names.has(key(name))), ...by];
}
