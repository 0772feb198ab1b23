import { defineTrigger, formPage, formPageParameters, MAIN_PORT, param } from '../../../node-kit/index.ts';

const ANSWERED = { respond: ['immediately', 'at-end'] };

export const formTrigger = defineTrigger({
  type: 'form-trigger',
  version: 1,
  outputs: MAIN_PORT,
  aliases: ['form', 'survey', 'questionnaire', 'upload', 'input', '表单', '问卷', '填写', '上传'],
  credentials: [
    {
      name: 'basic-auth',
      types: ['basic-auth'],
      required: true,
      visibleWhen: { authentication: ['basic'] },
    },
  ],
  parameters: {
    path: param.string({ required: true, placeholder: 'contact' }),
    ...formPageParameters,
    authentication: param.select({ options: ['none', 'basic'], default: 'none' }),
    respond: param.select({ options: ['immediately', 'at-end', 'respond-node'], default: 'immediately' }),
    answer: param.select({ options: ['text', 'redirect'], default: 'text', visibleWhen: ANSWERED }),
    endTitle: param.string({ visibleWhen: { answer: ['text'], ...ANSWERED } }),
    endText: param.string({ multiline: true, visibleWhen: { answer: ['text'], ...ANSWERED } }),
    redirect: param.string({
      required: true,
      placeholder: 'https://example.com/',
      visibleWhen: { answer: ['redirect'], ...ANSWERED },
    }),
    options: param.collection({
      fields: {
        ipAllowList: param.string({ placeholder: '203.0.113.7, 10.0.0.0/8' }),
        ignoreBots: param.boolean({ default: true }),
      },
    }),
  },
  trigger: {
    kind: 'form',
    form: ({ options, ...settings }) => ({
      path: settings.path,
      page: formPage(settings),
      authentication: settings.authentication,
      respond: settings.respond,
      answer: { redirect: settings.redirect, title: settings.endTitle, text: settings.endText },
      ipAllowList: options.ipAllowList ?? '',
      ignoreBots: options.ignoreBots ?? false,
    }),
  },
});
