import { param, type ParametersOf } from '../../../node-kit/index.ts';

export const sendEmailParameters = {
  from: param.string({ required: true, placeholder: 'GuixuFlow <robot@example.com>' }),
  to: param.string({ required: true, placeholder: 'li@example.com, Wang <wang@example.com>' }),
  subject: param.string({ required: true }),
  content: param.select({ options: ['text', 'html', 'both'], default: 'text' }),
  text: param.string({ multiline: true, visibleWhen: { content: ['text', 'both'] } }),
  html: param.code({ language: 'html', expression: true, visibleWhen: { content: ['html', 'both'] } }),
  attachments: param.string({ placeholder: 'data, report' }),
  inlineImages: param.list({
    fields: { field: param.string({ required: true }), contentId: param.string({ required: true }) },
    visibleWhen: { content: ['html', 'both'] },
  }),
  headers: param.list({ fields: { name: param.string({ required: true }), value: param.string() } }),
  options: param.collection({
    fields: {
      cc: param.string(),
      bcc: param.string(),
      replyTo: param.string(),
      inReplyTo: param.string(),
      priority: param.select({ options: ['high', 'normal', 'low'], default: 'normal' }),
      messageId: param.string(),
    },
  }),
};

export type SendEmailSettings = ParametersOf<typeof sendEmailParameters>;
