import {
  defineNode,
  derive,
  formPage,
  formPageParameters,
  HTTP_METHODS,
  MAIN_PORT,
  param,
  waitForCall,
  waitUntil,
} from '../../../node-kit/index.ts';
import { resumeWebhook, trimSlashes } from './resume-webhook.ts';
import { endOf, WAIT_UNITS } from './wait-end.ts';

const CALL = { until: ['webhook'] };
const RESUMED = { until: ['webhook', 'form'] };
const FORM_ANSWER = { until: ['form'], respond: ['immediately', 'at-end'] };
const ANSWER = { until: ['webhook'], respond: ['immediately', 'at-end'] };

/** A parameter of the page, shown for forms only. */
const onForm = <P extends (typeof formPageParameters)[keyof typeof formPageParameters]>(parameter: P): P => ({
  ...parameter,
  description: { ...parameter.description, visibleWhen: { until: ['form'] } },
});

export const wait = defineNode({
  type: 'wait',
  version: 1,
  group: 'core',
  inputs: MAIN_PORT,
  outputs: MAIN_PORT,
  aliases: ['delay', 'sleep', 'pause', 'timer', 'approval', 'resume', '等待', '延迟', '暂停', '审批', '恢复'],
  credentials: [
    ...(['basic', 'header', 'bearer'] as const).map((kind) => ({
      name: `${kind}-auth`,
      types: [`${kind}-auth`],
      required: true,
      visibleWhen: { until: ['webhook'], authentication: [kind] },
    })),
    { name: 'jwt', types: ['jwt'], required: true, visibleWhen: { ...CALL, authentication: ['jwt'] } },
  ],
  parameters: {
    until: param.select({ options: ['interval', 'date-time', 'webhook', 'form'], default: 'interval' }),
    amount: param.number({ default: 1, min: 0, required: true, visibleWhen: { until: ['interval'] } }),
    unit: param.select({ options: WAIT_UNITS, default: 'seconds', visibleWhen: { until: ['interval'] } }),
    dateTime: param.string({
      required: true,
      placeholder: '2026-12-31T18:00',
      visibleWhen: { until: ['date-time'] },
    }),
    methods: param.multiSelect({
      options: HTTP_METHODS,
      default: ['GET', 'POST'],
      required: true,
      visibleWhen: CALL,
    }),
    authentication: param.select({
      options: ['none', 'basic', 'header', 'bearer', 'jwt'],
      default: 'none',
      visibleWhen: CALL,
    }),
    respond: param.select({
      options: ['immediately', 'at-end', 'respond-node'],
      default: 'immediately',
      visibleWhen: RESUMED,
    }),
    responseData: param.select({
      options: ['first-item', 'all-items', 'first-binary', 'none'],
      default: 'first-item',
      visibleWhen: ANSWER,
    }),
    responseStatus: param.number({ default: 200, min: 200, max: 599, integer: true, visibleWhen: ANSWER }),
    responseHeaders: param.list({
      visibleWhen: ANSWER,
      fields: { name: param.string({ required: true }), value: param.string() },
    }),
    callOptions: param.collection({
      visibleWhen: CALL,
      fields: {
        suffix: param.string({ placeholder: 'approve' }),
        rawBody: param.boolean({ default: true }),
        binaryField: param.string({ default: 'data' }),
        responseField: param.string({ placeholder: 'result' }),
        responseText: param.string({ multiline: true }),
        allowedOrigins: param.string({ placeholder: 'https://example.com', default: '*' }),
        ipAllowList: param.string({ placeholder: '203.0.113.7, 10.0.0.0/8' }),
        ignoreBots: param.boolean({ default: true }),
      },
    }),
    title: onForm(formPageParameters.title),
    description: onForm(formPageParameters.description),
    fields: onForm(formPageParameters.fields),
    button: onForm(formPageParameters.button),
    suffix: param.string({ placeholder: 'approve', visibleWhen: { until: ['form'] } }),
    answer: param.select({ options: ['text', 'redirect'], default: 'text', visibleWhen: FORM_ANSWER }),
    endTitle: param.string({ visibleWhen: { ...FORM_ANSWER, answer: ['text'] } }),
    endText: param.string({ multiline: true, visibleWhen: { ...FORM_ANSWER, answer: ['text'] } }),
    redirect: param.string({
      required: true,
      placeholder: 'https://example.com/',
      visibleWhen: { ...FORM_ANSWER, answer: ['redirect'] },
    }),
    limit: param.select({
      options: ['none', 'interval', 'date-time'],
      default: 'none',
      visibleWhen: RESUMED,
    }),
    limitAmount: param.number({
      default: 1,
      min: 0,
      required: true,
      visibleWhen: { limit: ['interval'] },
    }),
    limitUnit: param.select({
      options: WAIT_UNITS,
      default: 'hours',
      visibleWhen: { limit: ['interval'] },
    }),
    limitDateTime: param.string({
      required: true,
      placeholder: '2026-12-31T18:00',
      visibleWhen: { limit: ['date-time'] },
    }),
  },
  effect: 'pure',
  execute(context) {
    const { items, parameters, timezone } = context;
    const settings = parameters(0);
    const now = context.now();
    const passed = items.map((item, index) => derive(item.json, index, 0, item.binary));
    const end = endOf(settings, now, timezone);
    if (end !== null && end <= now) return passed;
    if (settings.until === 'form') {
      const { respond, redirect, endTitle: title, endText: text } = settings;
      const form = { page: formPage(settings), respond, answer: { redirect, title, text } };
      return waitForCall({ kind: 'form', ...form, suffix: trimSlashes(settings.suffix) }, end, passed);
    }
    return settings.until !== 'webhook' && end !== null
      ? waitUntil(end, passed)
      : waitForCall({ kind: 'webhook', webhook: resumeWebhook(settings) }, end, passed);
  },
});
