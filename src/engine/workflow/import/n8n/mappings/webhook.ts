import type { NodeMapping } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';

const AUTHENTICATION = { none: 'none', basicAuth: 'basic', headerAuth: 'header' } as const;

export const webhook: NodeMapping = {
  from: ['webhook'],
  map(source) {
    const { parameters } = source;
    const options = parameters.child('options');
    const methods = parameters.take('httpMethod', 'GET');
    parameters.ignore('multipleMethods');
    const respond = source.choose(
      'responseMode',
      { onReceived: 'immediately', lastNode: 'at-end', responseNode: 'respond-node' },
      'immediately',
    );
    const data = parameters.text('responseData', 'firstEntryJson');
    const code = options.child('responseCode').child('values');
    const authentication = source.choose('authentication', AUTHENTICATION, 'none');
    parameters.ignore('responseBinaryPropertyName');
    return {
      type: 'webhook-trigger',
      parameters: {
        path: parameters.text('path', source.webhookId ?? '').replace(/^\/+|\/+$/g, ''),
        methods: Array.isArray(methods) ? methods : [methods],
        authentication,
        respond,
        responseData:
          RESPONSE_DATA[options.flag('noResponseBody') === true ? 'noData' : data] ?? 'first-item',
        responseStatus: parameters.number('responseCode', Number(code.number('responseCode', 200))),
        responseHeaders: headersOf(options),
        rawBody: options.flag('rawBody'),
      },
      credentials: { 'basic-auth': 'httpBasicAuth', 'header-auth': 'httpHeaderAuth' },
    };
  },
};

const RESPONSE_DATA: Readonly<Record<string, string>> = {
  firstEntryJson: 'first-item',
  allEntries: 'all-items',
  firstEntryBinary: 'first-binary',
  noData: 'none',
};

const ANSWERS: Readonly<Record<string, string>> = {
  firstIncomingItem: 'first-item',
  allIncomingItems: 'all-items',
  json: 'json',
  text: 'text',
  noData: 'none',
  binary: 'binary',
  redirect: 'redirect',
};

export const respondToWebhook: NodeMapping = {
  from: ['respondToWebhook'],
  map(source) {
    const { parameters } = source;
    const options = parameters.child('options');
    const answer = source.choose('respondWith', ANSWERS, 'first-item');
    const body = parameters.take('responseBody', '');
    const location = parameters.text('redirectURL');
    parameters.ignore('responseDataSource', 'generalNotice', 'webhookNotice', 'enableResponseOutput');
    options.ignore('enableStreaming');
    const status = options.number('responseCode', answer === 'redirect' ? 302 : 200);
    return {
      type: 'respond-to-webhook',
      parameters: {
        answer,
        ...(answer === 'json' && { json: body }),
        ...(answer === 'text' && { text: body }),
        ...(answer === 'binary' && { binaryField: parameters.text('inputFieldName', 'data') }),
        ...(answer === 'redirect' ? { location, redirectStatus: status } : { status }),
        headers: headersOf(options),
      },
    };
  },
};

function headersOf(options: ParameterSource): Array<{ name: string; value: unknown }> {
  return options
    .rows('responseHeaders', 'entries')
    .map((row) => ({ name: row.text('name'), value: row.take('value', '') }));
}
