import { defineNode, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { reasonOf } from './reason-of.ts';

export const stopAndError = defineNode({
  type: 'stop-and-error',
  version: 1,
  group: 'logic',
  inputs: MAIN_PORT,
  outputs: [],
  aliases: ['fail', 'throw', 'exception', 'abort', '失败', '报错', '终止'],
  parameters: {
    kind: param.select({ options: ['message', 'object'], default: 'message' }),
    message: param.string({ required: true, multiline: true, visibleWhen: { kind: ['message'] } }),
    error: param.json({ default: { message: '' }, required: true, visibleWhen: { kind: ['object'] } }),
  },
  effect: 'pure',
  execute({ parameters }) {
    const { kind, message, error } = parameters(0);
    if (kind === 'message') throw new NodeError('STOPPED_BY_NODE', { reason: message });
    throw new NodeError('STOPPED_BY_NODE', { ...reasonOf(error), error });
  },
});
