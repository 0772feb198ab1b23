import type { MappedNode, SourceNode } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';
import { withAuthentication } from './http-authentication.ts';
import {
  fieldRows,
  fieldsOfJson,
  METHODS,
  objectOf,
  objectOfPairs,
  pairsOf,
  positive,
  withoutUndefined,
} from './http-fields.ts';

/** Versions 1 and 2 of n8n's HTTP Request, which kept their parameters under other names. */
export function beforeThree(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  const isJson = parameters.flag('jsonParameters') === true;
  const fields = (place: 'query' | 'headers', name: string) =>
    isJson
      ? fieldsOfJson(place, parameters.take(`${name}ParametersJson`, ''))
      : fieldRows(place, pairsOf(parameters.rows(`${name}ParametersUi`, 'parameter')));
  const outputField = parameters.text('dataPropertyName', 'data');
  const response = source.choose('responseFormat', { json: 'json', string: 'text', file: 'file' }, 'json');
  const fullResponse = options.take('fullResponse');
  const mapped = {
    method: source.choose('requestMethod', METHODS, 'GET'),
    url: parameters.text('url'),
    ...fields('query', 'query'),
    ...fields('headers', 'header'),
    ...bodyOf(source, options, isJson),
    response,
    outputField,
    options: withoutUndefined({
      fullResponse,
      ...(fullResponse !== undefined && { textField: outputField }),
      ...(response === 'file' && { keepFiles: true }),
      neverFail: options.take('ignoreResponseCode'),
      arrayFormat: options.take('queryParameterArrays') ?? (isJson ? 'brackets' : undefined),
      timeoutMs: options.take('timeout'),
      followRedirects: options.take('followRedirect'),
      proxy: options.take('proxy'),
      ignoreTlsErrors: parameters.take('allowUnauthorizedCerts'),
      batchSize: positive(options.take('batchSize')),
      batchIntervalMs: options.take('batchInterval'),
    }),
  };
  // Lists are always split, redirects always followed whatever the method.
  options.ignore('splitIntoItems', 'followAllRedirects', 'bodyContentCustomMimeType', 'bodyContentType');
  parameters.ignore('bodyParametersJson', 'headerParametersJson', 'queryParametersJson');
  parameters.ignore('binaryPropertyName', 'bodyParametersUi', 'headerParametersUi', 'queryParametersUi');
  return withAuthentication(source, mapped);
}

function bodyOf(source: SourceNode, options: ParameterSource, isJson: boolean): Record<string, unknown> {
  const { parameters } = source;
  const contentType = options.text('bodyContentType', 'json');
  const pairs = isJson ? [] : pairsOf(parameters.rows('bodyParametersUi', 'parameter'));
  const json = isJson ? parameters.take('bodyParametersJson', '') : '';
  if (parameters.flag('sendBinaryData') === true) {
    const files = parameters.text('binaryPropertyName', 'data');
    if (contentType !== 'multipart-form-data') return { body: 'binary', binaryField: files };
    return { body: 'multipart', parts: [...filesOf(files), ...textParts(pairs)] };
  }
  if (pairs.length === 0 && json === '') return {};
  switch (contentType) {
    case 'raw':
      return {
        body: 'text',
        text: isJson ? json : objectOfPairs(source, pairs),
        contentType: options.text('bodyContentCustomMimeType', 'text/plain'),
      };
    case 'form-urlencoded':
      return { body: 'form', ...(isJson ? fieldsOfJson('form', json) : fieldRows('form', pairs)) };
    case 'multipart-form-data': {
      if (!isJson) return { body: 'multipart', parts: textParts(pairs) };
      const object = objectOf(json);
      if (!object)
        source.note('unsupported', 'PARAMETER_UNSUPPORTED', {
          parameter: 'bodyParametersJson',
          value: String(json).slice(0, 80),
        });
      const entries = Object.entries(object ?? {}).map(([name, value]) => ({ name, value }));
      return { body: 'multipart', parts: textParts(entries) };
    }
    default:
      return { body: 'json', json: isJson ? json : objectOfPairs(source, pairs) };
  }
}

const textParts = (pairs: ReadonlyArray<{ name: string; value: unknown }>) =>
  pairs.map((pair) => ({ ...pair, kind: 'text' }));

/** `data`, or `field:data, other:more` for several. */
function filesOf(names: string): Array<Record<string, string>> {
  return names.split(',').map((entry) => {
    const text = entry.trim();
    const at = text.startsWith('=') ? -1 : text.indexOf(':');
    return at < 0
      ? { name: 'file', kind: 'binary', binaryField: text }
      : { name: text.slice(0, at), kind: 'binary', binaryField: text.slice(at + 1) };
  });
}
