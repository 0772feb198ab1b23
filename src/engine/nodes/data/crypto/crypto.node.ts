import { defineNode, derive, MAIN_PORT, NodeError, param, setPath } from '../../../node-kit/index.ts';
import { digest, HASHES } from './digest.ts';
import { RANDOM_KINDS, randomText } from './random-text.ts';
import { SIGNATURES, signText } from './sign-text.ts';

const HASHING = { operation: ['hash', 'hmac'] };
const ENCODED = { operation: ['hash', 'hmac', 'sign'] };

export const crypto = defineNode({
  type: 'crypto',
  version: 1,
  group: 'data',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    'hash',
    'hmac',
    'md5',
    'sha256',
    'sign',
    'uuid',
    'random',
    '加密',
    '哈希',
    '签名',
    '摘要',
    '随机',
  ],
  parameters: {
    operation: param.select({
      options: ['hash', 'hmac', 'sign', 'generate'],
      default: 'hash',
      expression: false,
    }),
    algorithm: param.select({ options: HASHES, default: 'SHA256', visibleWhen: HASHING }),
    signature: param.select({
      options: SIGNATURES,
      default: 'RSA-SHA256',
      visibleWhen: { operation: ['sign'] },
    }),
    source: param.select({ options: ['text', 'file'], default: 'text', visibleWhen: HASHING }),
    value: param.string({ visibleWhen: ENCODED }),
    fileField: param.string({ default: 'data', visibleWhen: { ...HASHING, source: ['file'] } }),
    secret: param.string({ visibleWhen: { operation: ['hmac'] } }),
    privateKey: param.string({ required: true, multiline: true, visibleWhen: { operation: ['sign'] } }),
    encoding: param.select({ options: ['hex', 'base64', 'base64url'], default: 'hex', visibleWhen: ENCODED }),
    kind: param.select({
      options: RANDOM_KINDS,
      default: 'uuid',
      visibleWhen: { operation: ['generate'] },
    }),
    length: param.number({
      default: 32,
      min: 1,
      max: 10_000,
      integer: true,
      visibleWhen: { operation: ['generate'], kind: ['hex', 'base64', 'letters'] },
    }),
    field: param.string({ default: 'data', required: true }),
  },
  effect: 'pure',
  execute(context) {
    return context.perItem(async (item, index) => {
      const settings = context.parameters(index);
      const json = { ...item.json };
      setPath(json, settings.field, await result());
      return derive(json, index, 0, item.binary);

      function result(): string | Promise<string> {
        if (settings.operation === 'generate') return randomText(settings.kind, settings.length);
        if (settings.operation === 'sign') return signText(settings);
        return digest(content(), {
          ...settings,
          secret: settings.operation === 'hmac' ? settings.secret : null,
        });
      }
      function content(): Iterable<string> | AsyncIterable<Uint8Array> {
        if (settings.source === 'text') return [settings.value];
        const file = item.binary?.[settings.fileField];
        if (!file) throw new NodeError('FIELD_MISSING', { field: settings.fileField });
        return context.binary.stream(file);
      }
    });
  },
});
