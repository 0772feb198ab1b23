import { connectImap, imapFailure } from '../../../connectors/mail/index.ts';
import { defineTrigger, MAIN_PORT, NodeError, param } from '../../../node-kit/index.ts';
import { MailboxPosition } from './mailbox-position.ts';
import { MailboxReader } from './mailbox-reader.ts';

const MB = 1024 * 1024;
/** Nothing is kept of a test. */
const FORGETS = { get: () => Promise.resolve(undefined), set: () => Promise.resolve() };

export const emailTrigger = defineTrigger({
  type: 'email-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['mail', 'imap', 'inbox', 'receive', '邮件', '收件箱', '收到邮件', '电子邮件'],
  credentials: [{ name: 'server', types: ['imap'], required: true }],
  parameters: {
    mailbox: param.string({ default: 'INBOX', required: true }),
    start: param.select({ options: ['new', 'unseen'], default: 'new' }),
    after: param.select({ options: ['nothing', 'seen', 'move'], default: 'nothing' }),
    moveTo: param.string({ required: true, placeholder: 'Archive', visibleWhen: { after: ['move'] } }),
    files: param.boolean({ default: true }),
    maxFileMb: param.number({ default: 25, min: 0, visibleWhen: { files: [true] } }),
  },
  trigger: {
    kind: 'listener',
    async listen(context) {
      const { parameters, emit, lost, logger, signal, isTest, binary: store } = context;
      const { mailbox, start, after, moveTo, files, maxFileMb } = parameters;
      const settings = (await context.credential('server'))?.data ?? {};
      const name = `${settings['user']}@${settings['host']}/${mailbox}`;
      const client = await connectImap(settings);
      try {
        await client.mailboxOpen(mailbox);
        if (after === 'move' && !(await client.status(moveTo, { messages: true })))
          throw new NodeError('SERVICE_REFUSED', {
            service: 'IMAP',
            reason: `there is no mailbox "${moveTo}"`,
          });
        const kept = isTest ? FORGETS : context.kept;
        const position = await MailboxPosition.open(client, { kept, name, start });
        const reader = new MailboxReader(client, position, {
          ...{ after, moveTo, isTest },
          read: { content: 'full', files, maxFileBytes: maxFileMb * MB, store, signal },
          take: (item, uid) => emit([item], { once: `${name}/${position.uidValidity}/${uid}` }),
          onLeft: (uid) =>
            logger.warn({ uid, mailbox, after }, 'A mail that was taken could not be marked or moved'),
        });
        const running = reader.run(signal).catch((error: unknown) => {
          if (!signal.aborted) lost(imapFailure(error, settings));
        });
        return {
          async close() {
            client.close();
            await running;
          },
        };
      } catch (error) {
        client.close();
        throw imapFailure(error, settings);
      }
    },
  },
});
