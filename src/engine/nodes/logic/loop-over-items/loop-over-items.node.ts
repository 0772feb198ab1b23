import { defineNode, MAIN_PORT, param, toPorts } from '../../../node-kit/index.ts';
import { progressOf, takeBatch, type LoopState } from './take-batch.ts';

export const loopOverItems = defineNode({
  type: 'loop-over-items',
  version: 1,
  group: 'logic',
  inputs: MAIN_PORT,
  outputs: [
    { kind: 'main', name: 'loop' },
    { kind: 'main', name: 'done' },
  ],
  aliases: ['batch', 'split in batches', 'for each', 'iterate', '循环', '批次', '遍历', '迭代'],
  loop: true,
  remembers: true,
  parameters: {
    batchSize: param.number({ default: 1, min: 1, integer: true }),
    reset: param.boolean(),
  },
  effect: 'pure',
  expressionContext: progressOf,
  execute({ items, sources, parameters, runIndex, state }) {
    const { batchSize, reset } = parameters(0);
    const from = sources[0] ? `${sources[0].nodeId}/${sources[0].outputIndex}` : '';
    const arrival = { items, from, runIndex };
    const { batch, done } = takeBatch(state as Partial<LoopState>, arrival, { batchSize, reset });
    return toPorts(batch, done);
  },
});
