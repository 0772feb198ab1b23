import type { NodeMapping } from '../mapping.ts';

const same = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));

const HASHES = same(['MD5', 'SHA256', 'SHA3-256', 'SHA3-384', 'SHA3-512', 'SHA384', 'SHA512', 'SHA1']);
const SIGNATURES = same([
  ...['RSA-SHA256', 'RSA-SHA384', 'RSA-SHA512', 'RSA-SHA224', 'RSA-SHA1', 'RSA-MD5'],
  ...['RSA-SHA3-256', 'RSA-SHA3-384', 'RSA-SHA3-512', 'RSA-RIPEMD160'],
]);
const ENCODINGS = same(['hex', 'base64']);

export const crypto: NodeMapping = {
  from: ['crypto'],
  map(source) {
    const { parameters } = source;
    const operation = source.choose<string>('action', same(['hash', 'hmac', 'sign', 'generate']), 'hash');
    const field = parameters.text('dataPropertyName', 'data');
    if (operation === 'generate') {
      const kinds = { uuid: 'uuid', hex: 'hex', base64: 'base64', ascii: 'letters' };
      const kind = source.choose<string>('encodingType', kinds, 'uuid');
      const length = parameters.number('stringLength', 32);
      return { type: 'crypto', parameters: { operation, kind, length, field } };
    }
    const encoding = source.choose<string>('encoding', ENCODINGS, 'hex');
    const value = parameters.text('value');
    if (operation === 'sign') {
      const signature = source.choose<string>('algorithm', SIGNATURES, 'RSA-SHA256');
      const privateKey = parameters.text('privateKey');
      return { type: 'crypto', parameters: { operation, value, signature, privateKey, encoding, field } };
    }
    return {
      type: 'crypto',
      parameters: {
        operation,
        algorithm: source.choose<string>('type', HASHES, 'MD5'),
        source: parameters.flag('binaryData') === true ? 'file' : 'text',
        fileField: parameters.text('binaryPropertyName', 'data'),
        value,
        secret: parameters.text('secret'),
        encoding,
        field,
      },
    };
  },
};
