import { fileServer } from '../../../connectors/remote-files/index.ts';
import { defineNode, MAIN_PORT, NodeError } from '../../../node-kit/index.ts';
import { effectOf } from './effect-of.ts';
import { ftpParameters } from './ftp-parameters.ts';
import { runOperation } from './run-operation.ts';

/** As many as the connectors keep ways to a server. */
const AT_A_TIME = 4;

export const ftp = defineNode({
  type: 'ftp',
  version: 1,
  group: 'files',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: [
    'sftp',
    'ftps',
    'ssh',
    'upload',
    'download',
    'transfer',
    '上传',
    '下载',
    '传输',
    '远程文件',
    '服务器',
  ],
  credentials: [{ name: 'server', types: ['ssh', 'ftp'], required: true }],
  parameters: ftpParameters,
  effect: effectOf,
  async execute(context) {
    const credential = await context.credential('server');
    if (!credential) throw new NodeError('CREDENTIAL_REQUIRED', { field: 'server' });
    const server = fileServer(context.connections, credential);
    return context.perItem(
      (item, index) => {
        const unit = { item, index, key: context.idempotencyKey(index) };
        return runOperation(server, unit, context.parameters(index), context);
      },
      { concurrency: AT_A_TIME },
    );
  },
});
