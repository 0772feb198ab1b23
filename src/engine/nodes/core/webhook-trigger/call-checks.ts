import {
  param,
  type DeduplicateDeclaration,
  type ParametersOf,
  type SignatureDeclaration,
} from '../../../node-kit/index.ts';

const HMAC = { authentication: ['hmac'] };
const DAY_SECONDS = 86_400;

/** What callers sign, where no known sender says it. */
export const signatureParameters = {
  signatureHeader: param.string({ default: 'X-Signature-256', required: true, visibleWhen: HMAC }),
  signatureAlgorithm: param.select({
    options: ['sha256', 'sha1', 'sha512'],
    default: 'sha256',
    visibleWhen: HMAC,
  }),
  signatureEncoding: param.select({ options: ['hex', 'base64'], default: 'hex', visibleWhen: HMAC }),
  signaturePrefix: param.string({ placeholder: 'sha256=', visibleWhen: HMAC }),
  signedContent: param.select({
    options: ['body', 'timestamp-body'],
    default: 'body',
    visibleWhen: HMAC,
  }),
  timestampHeader: param.string({
    default: 'X-Timestamp',
    required: true,
    visibleWhen: { ...HMAC, signedContent: ['timestamp-body'] },
  }),
  timestampSeparator: param.string({
    default: '.',
    visibleWhen: { ...HMAC, signedContent: ['timestamp-body'] },
  }),
  timestampTolerance: param.number({
    default: 300,
    min: 1,
    max: DAY_SECONDS,
    integer: true,
    visibleWhen: { ...HMAC, signedContent: ['timestamp-body'] },
  }),
};

/** By what calls that are sent again are told. */
export const deduplicateParameters = {
  deduplicate: param.select({
    options: ['known-senders', 'delivery-id', 'body', 'off'],
    default: 'known-senders',
  }),
  deliveryId: param.string({
    placeholder: 'headers.x-request-id',
    required: true,
    visibleWhen: { deduplicate: ['delivery-id'] },
  }),
  deduplicateMinutes: param.number({
    default: 1440,
    min: 1,
    max: 43_200,
    visibleWhen: { deduplicate: ['delivery-id', 'body'] },
  }),
};

export function signatureOf(parameters: ParametersOf<typeof signatureParameters>): SignatureDeclaration {
  return {
    algorithm: parameters.signatureAlgorithm,
    header: parameters.signatureHeader.trim(),
    encoding: parameters.signatureEncoding,
    prefix: parameters.signaturePrefix,
    timestamp:
      parameters.signedContent === 'body'
        ? null
        : {
            header: parameters.timestampHeader.trim(),
            // A field of one line cannot hold a new line.
            separator: parameters.timestampSeparator.replaceAll('\\n', '\n'),
            toleranceSeconds: parameters.timestampTolerance,
          },
  };
}

/** Undefined where every call is to begin an execution. */
export function deduplicateOf(
  parameters: ParametersOf<typeof deduplicateParameters>,
  isKnownSender: boolean,
): DeduplicateDeclaration | undefined {
  const { deduplicate, deliveryId, deduplicateMinutes } = parameters;
  if (deduplicate === 'off' || (deduplicate === 'known-senders' && !isKnownSender)) return undefined;
  if (deduplicate === 'known-senders') return { by: 'delivery-id', path: '', windowSeconds: DAY_SECONDS };
  const path = deduplicate === 'delivery-id' ? deliveryId.trim() : '';
  return { by: deduplicate, path, windowSeconds: deduplicateMinutes * 60 };
}
