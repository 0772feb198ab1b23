import type { Item } from '../../../../contract/index.ts';
import { defineNode, derive, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';

/** The end of an error output says what went wrong; the beginning can be long. */
const SHOWN_CHARACTERS = 1000;

export const executeCommand = defineNode({
  type: 'execute-command',
  version: 1,
  group: 'core',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    'shell',
    'bash',
    'cmd',
    'terminal',
    'script',
    'program',
    '命令',
    '命令行',
    '终端',
    '脚本',
    '程序',
  ],
  parameters: {
    command: param.string({ required: true, multiline: true, placeholder: 'ls -l' }),
    mode: param.select({ options: ['once', 'each-item'], default: 'once', expression: false }),
    failOnExitCode: param.boolean({ default: true }),
  },
  // What a command does is not known here.
  effect: 'unsafe',
  effectUnit: ({ mode }) => (mode === 'once' ? 'run' : 'item'),
  async execute(context) {
    if (context.items.length === 0) return [];
    return context.parameters(0).mode === 'once'
      ? [await resultOf(0)]
      : context.perItem((_item, index) => resultOf(index));

    async function resultOf(index: number): Promise<Item> {
      const { command, failOnExitCode } = context.parameters(index);
      const { exitCode, stdout, stderr } = await context.runCommand(command);
      if (exitCode !== 0 && failOnExitCode)
        throw new NodeError('COMMAND_FAILED', { exitCode, reason: stderr.slice(-SHOWN_CHARACTERS) });
      return derive({ exitCode, stdout, stderr }, index);
    }
  },
});
