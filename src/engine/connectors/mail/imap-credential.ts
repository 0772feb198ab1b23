import { defineCredential } from '../../node-kit/index.ts';
import { SERVER_TEXTS, serverFields } from './mail-server.ts';

export const imapCredential = defineCredential({
  type: 'imap',
  fields: serverFields('993', true),
  async test({ data, connections, signal }) {
    const { useImap } = await import('./imap-client.ts');
    await useImap(connections, data, (client) => client.noop(), signal);
  },
  texts: {
    en: {
      name: 'IMAP (reading mail)',
      description: 'A server that holds the mailboxes of an account.',
      parameters: SERVER_TEXTS.en,
    },
    'zh-CN': {
      name: 'IMAP（读取邮件）',
      description: '存放邮箱账户邮件的服务器。',
      parameters: SERVER_TEXTS['zh-CN'],
    },
  },
});
