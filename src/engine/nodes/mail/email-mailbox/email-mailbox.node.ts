import { imapFailure, useImap } from '../../../connectors/mail/index.ts';
import { defineNode, MAIN_PORT } from '../../../node-kit/index.ts';
import { emailMailboxParameters } from './email-mailbox-parameters.ts';
import { runOperation } from './run-operation.ts';

export const emailMailbox = defineNode({
  type: 'email-mailbox',
  version: 1,
  group: 'messaging',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['mail', 'imap', 'search', 'inbox', 'archive', '邮件', '邮箱', '收件箱', '搜索邮件'],
  credentials: [{ name: 'server', types: ['imap'], required: true }],
  parameters: emailMailboxParameters,
  // A UID is never given to another message: what was moved or deleted is not found a second time.
  effect: ({ operation }) =>
    operation === 'search' || operation === 'read' || operation === 'mailboxes' ? 'read' : 'keyed',
  async execute(context) {
    const { connections, signal, binary: store } = context;
    const settings = (await context.credential('server'))?.data ?? {};
    return useImap(
      connections,
      settings,
      (client) =>
        context.perItem((item, index) =>
          runOperation(client, context.parameters(index), { item, index, store, signal }).catch(
            (error: unknown) => {
              signal.throwIfAborted();
              throw imapFailure(error, settings);
            },
          ),
        ),
      signal,
    );
  },
});
