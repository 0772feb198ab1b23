import { useSsh } from '../../../connectors/ssh/index.ts';
import { defineNode, derive, MAIN_PORT } from '../../../node-kit/index.ts';
import { runRemotely } from './run-remotely.ts';
import { sshParameters } from './ssh-parameters.ts';

export const ssh = defineNode({
  type: 'ssh',
  version: 1,
  group: 'core',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    'shell',
    'remote',
    'command',
    'bash',
    'terminal',
    'server',
    '远程',
    '命令',
    '终端',
    '服务器',
    '脚本',
  ],
  credentials: [{ name: 'server', types: ['ssh'], required: true }],
  parameters: sshParameters,
  // What a command does is not known here.
  effect: 'unsafe',
  async execute(context) {
    const { connections, signal } = context;
    const settings = (await context.credential('server'))?.data ?? {};
    return context.perItem(async (item, index) => {
      const own = context.parameters(index);
      // For each item, so that the next one connects again where the server was gone.
      const { json, file } = await useSsh(
        connections,
        settings,
        (connection) => runRemotely(connection, item, own, context),
        signal,
      );
      return derive(json, index, 0, file && { [own.outputField]: file });
    });
  },
});
