import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';
import { withAuthentication } from './http-authentication.ts';
import {
  fieldRows,
  fieldsOfJson,
  METHODS,
  objectOfPairs,
  pairsOf,
  positive,
  withoutUndefined,
  type Pair,
} from './http-fields.ts';
import { paginationOf } from './http-pagination.ts';
import { beforeThree } from './http-request-before-three.ts';

export const httpRequest: NodeMapping = {
  from: ['httpRequest'],
  map: (source) => (source.version < 3 ? beforeThree(source) : sinceThree(source)),
};

const FORMATS = { autodetect: 'auto', json: 'json', text: 'text', file: 'file' };

function sinceThree(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  const response = options.child('response').child('response');
  const redirect = options.child('redirect').child('redirect');
  const batch = options.child('batching').child('batch');
  const arrays = options.take('queryParameterArrays');
  const format = source.choose('responseFormat', FORMATS, 'auto', response);
  const outputField = response.text('outputPropertyName', 'data');
  const fullResponse = response.take('fullResponse');
  const isJsonQuery = parameters.text('specifyQuery', 'keypair') === 'json';
  const mapped = {
    method: source.choose('method', METHODS, 'GET'),
    url: parameters.text('url'),
    ...(parameters.flag('sendQuery') === true && queryOf(parameters, arrays !== undefined)),
    ...(parameters.flag('sendHeaders') === true && headersOf(parameters)),
    ...(parameters.flag('sendBody') === true && bodyOf(source)),
    response: format,
    outputField,
    ...paginationOf(source, options),
    options: withoutUndefined({
      fullResponse,
      ...(fullResponse !== undefined && { textField: outputField }),
      ...((format === 'file' || format === 'auto') && { keepFiles: true }),
      neverFail: response.take('neverError'),
      arrayFormat: arrays ?? (isJsonQuery ? 'brackets' : undefined),
      timeoutMs: options.take('timeout'),
      followRedirects: redirect.take('followRedirects', source.version < 4 ? false : undefined),
      maxRedirects: redirect.take('maxRedirects'),
      proxy: options.take('proxy'),
      ignoreTlsErrors: options.take('allowUnauthorizedCerts'),
      batchSize: positive(batch.take('batchSize')),
      batchIntervalMs: batch.take('batchInterval'),
    }),
  };
  // What the form remembers of choices that are switched off.
  parameters.ignore(
    ...['specifyQuery', 'queryParameters', 'jsonQuery', 'specifyHeaders', 'headerParameters', 'jsonHeaders'],
    ...['contentType', 'specifyBody', 'bodyParameters', 'jsonBody', 'body', 'rawContentType'],
    ...['inputDataFieldName', 'curlImport', 'infoMessage'],
  );
  if (parameters.flag('provideSslCertificates') === true)
    source.note('unsupported', 'PARAMETER_UNSUPPORTED', {
      parameter: 'provideSslCertificates',
      value: 'true',
    });
  // Names of headers are sent as they are written, and read in lower case.
  options.ignore('lowercaseHeaders');
  return withAuthentication(source, mapped);
}

/** `keepsLists`: values may be lists, which rows would turn into text. */
function queryOf(parameters: ParameterSource, keepsLists: boolean): Record<string, unknown> {
  if (parameters.text('specifyQuery', 'keypair') === 'json')
    return fieldsOfJson('query', parameters.take('jsonQuery', ''));
  const pairs = pairsOf(parameters.rows('queryParameters', 'parameters'));
  const names = new Set(pairs.map(({ name }) => name));
  const isObject = names.size === pairs.length && ![...names].some((name) => name.startsWith('='));
  if (!keepsLists || !isObject) return fieldRows('query', pairs);
  return {
    queryFrom: 'json',
    queryJson: Object.fromEntries(pairs.map(({ name, value }) => [name, value])),
  };
}

function headersOf(parameters: ParameterSource): Record<string, unknown> {
  return parameters.text('specifyHeaders', 'keypair') === 'json'
    ? fieldsOfJson('headers', parameters.take('jsonHeaders', ''))
    : fieldRows('headers', pairsOf(parameters.rows('headerParameters', 'parameters')));
}

function bodyOf(source: SourceNode): Record<string, unknown> {
  const { parameters } = source;
  const contentType = parameters.text('contentType', 'json');
  switch (contentType) {
    case 'binaryData':
      return { body: 'binary', binaryField: parameters.text('inputDataFieldName', 'data') };
    case 'raw':
      return {
        body: 'text',
        text: parameters.text('body'),
        contentType: parameters.text('rawContentType', 'text/plain'),
      };
    case 'multipart-form-data':
      return {
        body: 'multipart',
        parts: parameters.rows('bodyParameters', 'parameters').map((row) => {
          const name = row.text('name');
          const isFile = row.text('parameterType', 'formData') === 'formBinaryData';
          const value = row.take('value', '');
          const binaryField = row.text('inputDataFieldName', 'data');
          return isFile ? { name, kind: 'binary', binaryField } : { name, kind: 'text', value };
        }),
      };
    default: {
      const how = parameters.text('specifyBody', 'keypair');
      if (how === 'json') return { body: 'json', json: parameters.take('jsonBody', '{}') };
      if (how === 'string')
        return {
          body: 'text',
          text: parameters.text('body'),
          contentType: 'application/x-www-form-urlencoded',
        };
      const pairs = pairsOf(parameters.rows('bodyParameters', 'parameters'));
      return pairs.length === 0 ? {} : pairsBody(source, pairs, contentType);
    }
  }
}

function pairsBody(source: SourceNode, pairs: readonly Pair[], contentType: string): Record<string, unknown> {
  return contentType === 'form-urlencoded'
    ? { body: 'form', ...fieldRows('form', pairs) }
    : { body: 'json', json: objectOfPairs(source, pairs) };
}
