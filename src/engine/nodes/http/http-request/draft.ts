import { pairsOfJson, type ArrayFormat, type Pair } from './json-pairs.ts';
import type { RequestSettings } from './request-parameters.ts';

/** A request before it becomes bytes, so that credentials and pages can still change parts of it. */
export interface Draft {
  /** As it was written. */
  url: string;
  /** Added to what the URL has. */
  query: readonly Pair[];
  headers: readonly Pair[];
  body: DraftBody;
}

export type DraftBody =
  | { kind: 'none' }
  | { kind: 'json'; value: unknown }
  | { kind: 'form'; fields: readonly Pair[] }
  | {
      kind: 'multipart';
      parts: ReadonlyArray<{ name: string; value: string } | { name: string; file: string }>;
    }
  | { kind: 'text'; text: string; contentType: string }
  | { kind: 'binary'; file: string };

/** The request that the parameters describe. Throws PARAMETER_INVALID. */
export function draftRequest(settings: RequestSettings): Draft {
  const { arrayFormat = 'repeat' } = settings.options;
  return {
    url: settings.url,
    query:
      settings.queryFrom === 'json'
        ? pairsOfJson(settings.queryJson, { parameter: 'queryJson', arrayFormat })
        : pairsOf(settings.query),
    headers: (settings.headersFrom === 'json'
      ? pairsOfJson(settings.headersJson, { parameter: 'headersJson', arrayFormat: 'repeat' })
      : pairsOf(settings.headers)
    ).map(([name, value]): Pair => [name.trim(), value]),
    body: draftBody(settings, arrayFormat),
  };
}

function draftBody(settings: RequestSettings, arrayFormat: ArrayFormat): DraftBody {
  switch (settings.body) {
    case 'none':
      return { kind: 'none' };
    case 'json':
      return { kind: 'json', value: settings.json };
    case 'form':
      return {
        kind: 'form',
        fields:
          settings.formFrom === 'json'
            ? pairsOfJson(settings.formJson, { parameter: 'formJson', arrayFormat })
            : pairsOf(settings.formFields),
      };
    case 'multipart':
      return {
        kind: 'multipart',
        parts: settings.parts.map(({ kind, name, value, binaryField }) =>
          kind === 'text' ? { name, value } : { name, file: binaryField },
        ),
      };
    case 'text':
      return { kind: 'text', text: settings.text, contentType: settings.contentType || 'text/plain' };
    case 'binary':
      return { kind: 'binary', file: settings.binaryField };
  }
}

const pairsOf = (rows: ReadonlyArray<{ name: string; value: string }>): Pair[] =>
  rows.map(({ name, value }) => [name, value]);
