import { SMTP_CONNECTIONS, sendMail, useSmtp } from '../../../connectors/mail/index.ts';
import { defineNode, derive, MAIN_PORT } from '../../../node-kit/index.ts';
import { filesToSend } from './files-to-send.ts';
import { sendEmailParameters } from './send-email-parameters.ts';

export const sendEmail = defineNode({
  type: 'send-email',
  version: 1,
  group: 'messaging',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['mail', 'email', 'smtp', 'attachment', '邮件', '发送邮件', '电子邮件', '附件'],
  credentials: [{ name: 'server', types: ['smtp'], required: true }],
  parameters: sendEmailParameters,
  // The Message-ID stays the same, but SMTP servers take the same one twice and deliver it twice.
  effect: 'unsafe',
  async execute(context) {
    const { connections, signal, binary: store } = context;
    const settings = (await context.credential('server'))?.data ?? {};
    return useSmtp(
      connections,
      settings,
      (transport) =>
        context.perItem(
          async (item, index) => {
            const parameters = context.parameters(index);
            const { content, text, html, options, ...mail } = parameters;
            const sent = await sendMail(
              transport,
              {
                ...mail,
                ...options,
                ...(content !== 'html' && { text }),
                ...(content !== 'text' && { html }),
                files: filesToSend(item, index, parameters),
              },
              { settings, key: context.idempotencyKey(index), store, signal },
            );
            return derive({ ...item.json, email: sent }, index, 0, item.binary);
          },
          { concurrency: SMTP_CONNECTIONS },
        ),
      signal,
    );
  },
});
