import type { NodeMapping } from '../mapping.ts';

const ALGORITHMS = Object.fromEntries(
  ['SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512', 'SHA3-256', 'SHA3-384', 'SHA3-512'].map((name) => [
    name,
    name,
  ]),
);

export const totp: NodeMapping = {
  from: ['totp'],
  map(source) {
    const { parameters } = source;
    const options = parameters.child('options');
    parameters.ignore('operation');
    return {
      type: 'totp',
      parameters: {
        algorithm: source.choose('algorithm', ALGORITHMS, 'SHA1', options),
        digits: options.number('digits', 6),
        period: options.number('period', 30),
      },
      credentials: { totp: 'totpApi' },
    };
  },
};
