import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { isExpression, type ParameterSource } from '../parameter-source.ts';

interface Pair {
  name: string;
  value: unknown;
}

export const httpRequest: NodeMapping = {
  from: ['httpRequest'],
  map: (source) => (source.version < 3 ? beforeThree(source) : sinceThree(source)),
};

const METHODS = Object.fromEntries(
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map((method) => [method, method]),
);
const CREDENTIALS: Readonly<Record<string, string>> = {
  basicAuth: 'httpBasicAuth',
  headerAuth: 'httpHeaderAuth',
  httpBasicAuth: 'httpBasicAuth',
  httpHeaderAuth: 'httpHeaderAuth',
  httpBearerAuth: 'httpBearerAuth',
};

function beforeThree(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  const isJson = parameters.flag('jsonParameters') === true;
  const pairs = (name: string) =>
    isJson
      ? pairsOfJson(source, parameters, `${name}ParametersJson`)
      : pairsOf(parameters.rows(`${name}ParametersUi`, 'parameter'));
  const mapped: Record<string, unknown> = {
    method: source.choose('requestMethod', METHODS, 'GET'),
    url: parameters.text('url'),
    query: pairs('query'),
    headers: pairs('header'),
    response: source.choose('responseFormat', { json: 'auto', string: 'text', file: 'file' }, 'auto'),
    outputField: parameters.text('dataPropertyName', 'data'),
  };
  const contentType = options.text('bodyContentType', 'json');
  if (parameters.flag('sendBinaryData') === true)
    Object.assign(mapped, { body: 'binary', binaryField: parameters.text('binaryPropertyName', 'data') });
  else if (isJson) Object.assign(mapped, jsonBody(parameters.take('bodyParametersJson', ''), contentType));
  else
    Object.assign(mapped, pairsBody(pairsOf(parameters.rows('bodyParametersUi', 'parameter')), contentType));
  options.ignore('bodyContentCustomMimeType', 'queryParameterArrays', 'followAllRedirects');
  parameters.ignore(
    'bodyParametersJson',
    'headerParametersJson',
    'queryParametersJson',
    'binaryPropertyName',
  );
  mapped['options'] = withoutUndefined({
    fullResponse: options.take('fullResponse'),
    neverFail: options.take('ignoreResponseCode'),
    timeoutMs: options.take('timeout'),
    followRedirects: options.take('followRedirect'),
    proxy: options.take('proxy'),
    ignoreTlsErrors: parameters.take('allowUnauthorizedCerts'),
    batchSize: positive(options.take('batchSize')),
    batchIntervalMs: options.take('batchInterval'),
  });
  return withAuthentication(source, mapped);
}

function sinceThree(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  const response = options.child('response').child('response');
  const redirect = options.child('redirect').child('redirect');
  const batch = options.child('batching').child('batch');
  const mapped: Record<string, unknown> = {
    method: source.choose('method', METHODS, 'GET'),
    url: parameters.text('url'),
    ...(parameters.flag('sendQuery') === true && { query: namedPairs(source, 'Query', 'queryParameters') }),
    ...(parameters.flag('sendHeaders') === true && {
      headers: namedPairs(source, 'Headers', 'headerParameters'),
    }),
    ...(parameters.flag('sendBody') === true && bodyOf(source)),
    response: source.choose(
      'responseFormat',
      { autodetect: 'auto', json: 'json', text: 'text', file: 'file' },
      'auto',
      response,
    ),
    outputField: response.text('outputPropertyName', 'data'),
    ...pagination(source, options),
  };
  // What the form remembers of choices that are switched off.
  parameters.ignore(
    ...['specifyQuery', 'queryParameters', 'jsonQuery', 'specifyHeaders', 'headerParameters', 'jsonHeaders'],
    ...['contentType', 'specifyBody', 'bodyParameters', 'jsonBody', 'body', 'rawContentType'],
    ...['inputDataFieldName', 'provideSslCertificates', 'curlImport', 'infoMessage'],
  );
  options.ignore('lowercaseHeaders', 'queryParameterArrays');
  mapped['options'] = withoutUndefined({
    fullResponse: response.take('fullResponse'),
    neverFail: response.take('neverError'),
    timeoutMs: options.take('timeout'),
    followRedirects: redirect.take('followRedirects'),
    maxRedirects: redirect.take('maxRedirects'),
    proxy: options.take('proxy'),
    ignoreTlsErrors: options.take('allowUnauthorizedCerts'),
    batchSize: positive(batch.take('batchSize')),
    batchIntervalMs: batch.take('batchInterval'),
  });
  return withAuthentication(source, mapped);
}

/** -1 stands for no batches. */
const positive = (value: unknown) => (typeof value === 'number' && value < 1 ? undefined : value);

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
      return pairsBody(pairsOf(parameters.rows('bodyParameters', 'parameters')), contentType);
    }
  }
}

function pairsBody(pairs: readonly Pair[], contentType: string): Record<string, unknown> {
  if (pairs.length === 0) return { body: 'none' };
  if (contentType === 'form-urlencoded') return { body: 'form', formFields: pairs };
  if (contentType === 'multipart-form-data')
    return { body: 'multipart', parts: pairs.map((pair) => ({ ...pair, kind: 'text' })) };
  return { body: 'json', json: Object.fromEntries(pairs.map(({ name, value }) => [name, value])) };
}

function jsonBody(value: unknown, contentType: string): Record<string, unknown> {
  if (value === '' || value === undefined) return { body: 'none' };
  return contentType === 'raw' ? { body: 'text', text: value } : { body: 'json', json: value };
}

function namedPairs(source: SourceNode, kind: 'Query' | 'Headers', group: string): Pair[] {
  const { parameters } = source;
  return parameters.text(`specify${kind}`, 'keypair') === 'json'
    ? pairsOfJson(source, parameters, `json${kind}`)
    : pairsOf(parameters.rows(group, 'parameters'));
}

function pairsOf(rows: readonly ParameterSource[]): Pair[] {
  return rows
    .map((row) => ({ name: row.text('name'), value: row.take('value', '') }))
    .filter(({ name }) => name !== '');
}

/** JSON written by hand becomes rows; an expression cannot be taken apart before it has a value. */
function pairsOfJson(source: SourceNode, parameters: ParameterSource, name: string): Pair[] {
  const value = parameters.take(name, '');
  if (value === '' || value === '{}') return [];
  try {
    const object: unknown = typeof value === 'string' && !isExpression(value) ? JSON.parse(value) : value;
    if (typeof object === 'object' && object !== null)
      return Object.entries(object).map(([key, entry]) => ({ name: key, value: entry as unknown }));
  } catch {
    // Reported below.
  }
  source.note('unsupported', 'PARAMETER_UNSUPPORTED', { parameter: name, value: String(value).slice(0, 80) });
  return [];
}

function pagination(source: SourceNode, options: ParameterSource): Record<string, unknown> {
  const settings = options.child('pagination').child('pagination');
  const mode = settings.text('paginationMode', 'off');
  if (mode !== 'off') {
    settings.takeAll();
    source.note('unsupported', 'PARAMETER_UNSUPPORTED', { parameter: 'options.pagination', value: mode });
  }
  return {};
}

function withAuthentication(source: SourceNode, mapped: Record<string, unknown>): MappedNode {
  const { parameters } = source;
  const authentication = parameters.text('authentication', 'none');
  const generic = parameters.text('genericAuthType');
  const predefined = parameters.text('nodeCredentialType');
  const type = CREDENTIALS[authentication === 'genericCredentialType' ? generic : authentication];
  if (authentication === 'none') return { type: 'http-request', parameters: mapped };
  if (!type && authentication !== 'predefinedCredentialType')
    source.note('to-do', 'CREDENTIAL_TYPE_UNSUPPORTED', { name: '', type: generic || authentication });
  return {
    type: 'http-request',
    parameters: { ...mapped, authentication: 'credential' },
    credentials: { auth: type ?? predefined },
  };
}

function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}
