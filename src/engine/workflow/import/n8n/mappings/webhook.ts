import type { NodeMapping } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';

export const AUTHENTICATION = {
  none: 'none',
  basicAuth: 'basic',
  headerAuth: 'header',
  jwtAuth: 'jwt',
} as const;

export const webhook: NodeMapping = {
  from: ['webhook'],
  map(source) {
    const { parameters } = source;
    const options = parameters.child('options');
    const methods = parameters.take('httpMethod', undefined);
    const several = parameters.flag('multipleMethods') === true;
    const respond = source.choose('responseMode', RESPOND, 'immediately');
    const data = parameters.text('responseData', 'firstEntryJson');
    const code = options.child('responseCode').child('values');
    const authentication = source.choose('authentication', AUTHENTICATION, 'none');
    const files = parameters.text('responseBinaryPropertyName', 'data');
    const responseData =
      RESPONSE_DATA[options.flag('noResponseBody') === true ? 'noData' : data] ?? 'first-item';
    const contentType = options.text('responseContentType');
    const field = options.text('responsePropertyName');
    const responseField = responseData === 'first-binary' ? files : field;
    const binaryField = options.text('binaryPropertyName');
    options.ignore('binaryData');
    return {
      type: 'webhook-trigger',
      parameters: {
        path: parameters.text('path', source.webhookId ?? '').replace(/^\/+|\/+$/g, ''),
        methods: Array.isArray(methods)
          ? methods
          : several && methods === undefined
            ? ['GET', 'POST']
            : [methods ?? 'GET'],
        outputPerMethod: several,
        authentication,
        respond,
        responseData,
        responseStatus: parameters.number('responseCode', Number(code.number('responseCode', 200))),
        responseHeaders: [
          ...headersOf(options),
          ...(contentType === '' ? [] : [{ name: 'Content-Type', value: contentType }]),
        ],
        rawBody: options.flag('rawBody'),
        options: {
          allowedOrigins: options.text('allowedOrigins', '*'),
          ignoreBots: options.flag('ignoreBots'),
          ipAllowList: options.text('ipWhitelist'),
          responseText: respond === 'immediately' ? options.text('responseData') : '',
          responseField,
          binaryField,
        },
      },
      credentials: CREDENTIALS,
    };
  },
};

export const RESPOND = {
  onReceived: 'immediately',
  lastNode: 'at-end',
  responseNode: 'respond-node',
} as const;
export const CREDENTIALS = {
  'basic-auth': 'httpBasicAuth',
  'header-auth': 'httpHeaderAuth',
  jwt: 'jwtAuth',
} as const;

export const RESPONSE_DATA: Readonly<Record<string, string>> = {
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
    parameters.ignore('generalNotice', 'webhookNotice', 'enableResponseOutput');
    options.ignore('enableStreaming');
    const key = options.text('responseKey');
    const whichFile = parameters.text('responseDataSource', 'automatically');
    const file = parameters.text('inputFieldName', 'data');
    const status = options.number('responseCode', answer === 'redirect' ? 302 : 200);
    return {
      type: 'respond-to-webhook',
      parameters: {
        answer,
        ...(answer === 'json' && { json: body }),
        ...(answer === 'text' && { text: body }),
        ...(answer === 'binary' && { binaryField: whichFile === 'automatically' ? '' : file }),
        ...(answer === 'redirect' ? { location, redirectStatus: status } : { status }),
        headers: headersOf(options),
        ...(key !== '' && { wrapIn: key }),
      },
    };
  },
};

export function headersOf(options: ParameterSource): Array<{ name: string; value: unknown }> {
  return options
    .rows('responseHeaders', 'entries')
    .map((row) => ({ name: row.text('name'), value: row.take('value', '') }));
}
