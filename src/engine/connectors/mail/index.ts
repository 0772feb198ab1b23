export { connectImap, useImap, type ImapClient } from './imap-client.ts';
export { imapFailure } from './imap-failure.ts';
export type { OutgoingFile } from './outgoing-message.ts';
export { readMessage, type ReadOptions } from './read-message.ts';
export { sendMail } from './send-mail.ts';
export { SMTP_CONNECTIONS, useSmtp } from './smtp-transport.ts';
