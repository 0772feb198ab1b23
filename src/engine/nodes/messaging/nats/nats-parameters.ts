import { param, type ParametersOf } from '../../../node-kit/index.ts';

const WITH_RESULT = { operation: ['request', 'stream-publish'] };

export const natsParameters = {
  operation: param.select({
    options: ['publish', 'request', 'stream-publish'],
    default: 'publish',
    expression: false,
  }),
  subject: param.string({ required: true, placeholder: 'orders.new' }),
  content: param.select({ options: ['item', 'text', 'binary'], default: 'item' }),
  text: param.string({ multiline: true, visibleWhen: { content: ['text'] } }),
  binaryField: param.string({ default: 'data', required: true, visibleWhen: { content: ['binary'] } }),
  headers: param.list({ fields: { name: param.string({ required: true }), value: param.string() } }),
  messageId: param.string({ visibleWhen: { operation: ['stream-publish'] } }),
  expectStream: param.string({ visibleWhen: { operation: ['stream-publish'] } }),
  timeoutMs: param.number({ default: 5000, min: 1, integer: true, visibleWhen: WITH_RESULT }),
  answer: param.select({
    options: ['auto', 'text', 'binary'],
    default: 'auto',
    visibleWhen: { operation: ['request'] },
  }),
  outputField: param.string({ default: 'value', required: true, visibleWhen: WITH_RESULT }),
};

export type NatsSettings = ParametersOf<typeof natsParameters>;
