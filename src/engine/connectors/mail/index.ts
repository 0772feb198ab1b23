export type { OutgoingFile } from './outgoing-message.ts';
export { sendMail } from './send-mail.ts';
export { SMTP_CONNECTIONS, useSmtp } from './smtp-transport.ts';
