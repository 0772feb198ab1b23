import { defineTrigger, MAIN_PORT } from '../../../node-kit/index.ts';

export const manualTrigger = defineTrigger({
  type: 'manual-trigger',
  version: 1,
  outputs: MAIN_PORT,
  parameters: {},
  aliases: ['start', 'run', 'button', '手动', '开始', '运行'],
  trigger: { kind: 'manual' },
});
