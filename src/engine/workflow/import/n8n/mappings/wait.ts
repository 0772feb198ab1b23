import type { MappedNode, NodeMapping, SourceNode } from '../mapping.ts';
import { formPageOf } from './form.ts';
import { AUTHENTICATION, CREDENTIALS, headersOf, RESPOND, RESPONSE_DATA } from './webhook.ts';

export const wait: NodeMapping = {
  from: ['wait'],
  map(source) {
    const { parameters, version } = source;
    const resume = parameters.text('resume', 'timeInterval');
    const old = version < 1.1;
    if (resume === 'webhook') return forCall(source);
    if (resume === 'form') return forForm(source);
    parameters.ignore('incomingAuthentication', 'options', ...LIMIT);
    if (resume === 'specificTime')
      return { type: 'wait', parameters: { until: 'date-time', dateTime: parameters.text('dateTime') } };
    if (resume !== 'timeInterval') {
      source.note('unsupported', 'NODE_VERSION_UNSUPPORTED', { type: 'wait', operation: resume });
      return null;
    }
    return {
      type: 'wait',
      parameters: {
        until: 'interval',
        amount: parameters.number('amount', old ? 1 : 5),
        unit: source.choose('unit', UNITS, old ? 'hours' : 'seconds'),
      },
    };
  },
};

const UNITS = { seconds: 'seconds', minutes: 'minutes', hours: 'hours', days: 'days' };
const LIMIT = ['limitWaitTime', 'limitType', 'resumeAmount', 'resumeUnit', 'maxDateAndTime'];

function forCall(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  parameters.ignore('amount', 'unit', 'dateTime');
  const methods = parameters.take('httpMethod', 'GET');
  const data = parameters.text('responseData', 'firstEntryJson');
  const responseData =
    RESPONSE_DATA[options.flag('noResponseBody') === true ? 'noData' : data] ?? 'first-item';
  const respond = source.choose('responseMode', RESPOND, 'immediately');
  const file = parameters.text('responseBinaryPropertyName', 'data');
  const field = options.text('responsePropertyName');
  const contentType = options.text('responseContentType');
  options.ignore('binaryData');
  return {
    type: 'wait',
    parameters: {
      until: 'webhook',
      methods: Array.isArray(methods) ? methods : [methods],
      authentication: source.choose('incomingAuthentication', AUTHENTICATION, 'none'),
      respond,
      responseData,
      responseStatus: parameters.number('responseCode', 200),
      responseHeaders: [
        ...headersOf(options),
        ...(contentType === '' ? [] : [{ name: 'Content-Type', value: contentType }]),
      ],
      callOptions: {
        suffix: options.text('webhookSuffix'),
        rawBody: options.flag('rawBody'),
        allowedOrigins: options.text('allowedOrigins', '*'),
        ignoreBots: options.flag('ignoreBots'),
        ipAllowList: options.text('ipWhitelist'),
        responseText: respond === 'immediately' ? options.text('responseData') : '',
        responseField: responseData === 'first-binary' ? file : field,
        binaryField: options.text('binaryPropertyName'),
      },
      ...limit(source),
    },
    credentials: CREDENTIALS,
  };
}

function forForm(source: SourceNode): MappedNode {
  const { parameters } = source;
  const options = parameters.child('options');
  parameters.ignore('amount', 'unit', 'dateTime');
  const after = options.child('respondWithOptions').child('values');
  const isRedirect = after.text('respondWith', 'text') === 'redirect';
  const text = after.text('formSubmittedText', options.text('formSubmittedText'));
  options.ignore('appendAttribution');
  return {
    type: 'wait',
    parameters: {
      until: 'form',
      respond: source.choose('responseMode', RESPOND, 'immediately'),
      ...formPageOf(source, parameters.text('formTitle'), parameters.text('formDescription')),
      button: options.text('buttonLabel'),
      suffix: options.text('webhookSuffix'),
      ...(isRedirect
        ? { answer: 'redirect', redirect: after.text('redirectUrl') }
        : { answer: 'text', endText: text }),
      ...limit(source),
    },
  };
}

function limit(source: SourceNode): Record<string, unknown> {
  const { parameters } = source;
  if (parameters.flag('limitWaitTime') !== true) {
    parameters.ignore(...LIMIT);
    return { limit: 'none' };
  }
  const kinds = { afterTimeInterval: 'interval', atSpecifiedTime: 'date-time' };
  return {
    limit: source.choose('limitType', kinds, 'interval'),
    limitAmount: parameters.number('resumeAmount', 1),
    limitUnit: source.choose('resumeUnit', UNITS, 'hours'),
    limitDateTime: parameters.text('maxDateAndTime'),
  };
}
