import { parse as parseQuery } from 'node:querystring';
import type { Item } from '../../../contract/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { FormPage } from '../../node-kit/index.ts';
import { refusedCaller } from '../admit-caller.ts';
import type { ReceivedForm } from '../receive-form.ts';
import type { RegisteredWebhook } from '../registered-webhook.ts';
import { startOf } from '../run-webhook.ts';
import type { TriggerServices } from '../trigger-services.ts';
import type { WebhookReply, WebhookRequest } from '../webhook-call.ts';
import { errorReply } from '../webhook-reply.ts';
import { createApprovalCalls } from './approval-calls.ts';
import { answerForm, pageReply } from './answer-form.ts';
import { checkAnswers, type CheckedAnswers } from './check-answers.ts';
import { createFormNonces } from './form-nonces.ts';
import { FORM_TEXTS } from './form-texts.ts';
import { readSubmission } from './read-submission.ts';
import { renderEnd, renderForm, type PageState } from './render-page.ts';

export interface FormCalls {
  /** Shows the page of a form trigger, or begins an execution with its answers. */
  trigger(request: WebhookRequest, webhook: RegisteredWebhook): Promise<WebhookReply>;
  /** The same for a page that an execution waits with; the path is its token, and its suffix. */
  resume(request: WebhookRequest): Promise<WebhookReply>;
}

/** Answers browsers that look at forms or send them. */
export function createFormCalls(services: TriggerServices): FormCalls {
  const { clock, executions } = services;
  const nonces = createFormNonces(clock);
  const approvals = createApprovalCalls(services);

  const itemOf = (answers: CheckedAnswers, request: WebhookRequest): Item => ({
    json: {
      ...answers.json,
      submittedAt: new Date(clock.now()).toISOString(),
      formMode: request.test ? 'test' : 'production',
    },
    ...(Object.keys(answers.binary).length > 0 && { binary: answers.binary }),
  });

  async function receive(
    request: WebhookRequest,
    page: FormPage,
    state: Pick<PageState, 'nonce' | 'isLast'>,
    isExpired: (sent: ReceivedForm) => boolean,
  ): Promise<{ item: Item; sent: ReceivedForm } | { reply: WebhookReply }> {
    const { locale } = request;
    const texts = FORM_TEXTS[locale];
    const sent = await readSubmission(request, services.blobs);
    const answers = checkAnswers(page, sent, locale);
    const expired = isExpired(sent);
    if (!expired && !sent.isCut && answers.problems.size === 0) {
      await sent.keep();
      return { item: itemOf(answers, request), sent };
    }
    await sent.discard();
    const reason = expired ? texts.expired : sent.isCut ? texts.tooLong : texts.correct;
    const notice = sent.files.size > 0 ? `${reason} ${texts.filesAgain}` : reason;
    const { values, problems } = answers;
    return { reply: pageReply(renderForm(page, { ...state, locale, values, problems, notice }), 422) };
  }

  return {
    async trigger(request, webhook) {
      const { form, listening, authenticator, owner } = webhook;
      if (!form) throw new EngineError('INTERNAL', { reason: 'no form' });
      const caller = refusedCaller(form, request);
      if (caller !== null) return errorReply('WEBHOOK_FORBIDDEN', { caller }, request);
      if (!(await authenticator.check(request))) {
        const headers = [{ name: 'www-authenticate', value: authenticator.challenge ?? 'Basic' }];
        return errorReply('WEBHOOK_UNAUTHORIZED', {}, request, headers);
      }
      const { page } = form;
      // A draft may be saved between the page and its answers, so that the form is known by its place.
      const place = `${owner.id} ${form.path}`;
      const state = { nonce: nonces.make(place), isLast: !form.mayShowPages };
      if (request.method === 'GET') {
        const values = initialValues(page, request.queryText);
        return pageReply(
          renderForm(page, { ...state, locale: request.locale, values, problems: new Map(), notice: null }),
        );
      }
      const nonceOf = (sent: ReceivedForm) => sent.texts.get('nonce')?.[0] ?? '';
      const received = await receive(request, page, state, (sent) => !nonces.isValid(nonceOf(sent), place));
      if ('reply' in received) return received.reply;
      const { item, sent } = received;
      return nonces.once(nonceOf(sent), () => {
        listening?.close();
        const begin = startOf(services, webhook, { item, stored: 'start', mode: 'trigger' });
        return answerForm(services, form, { begin, locale: request.locale });
      });
    },

    async resume(request) {
      const { locale } = request;
      const [token = '', ...rest] = request.path.split('/');
      const wait = await executions.findWait(
        token,
        (resume) =>
          (resume.kind === 'form' || resume.kind === 'approval') && (resume.suffix ?? '') === rest.join('/'),
      );
      if (wait?.resume.kind === 'approval') return approvals.answer(request, wait, wait.resume.about);
      if (wait?.resume.kind !== 'form')
        return (await approvals.decided(token, locale)) ?? closedPage(request);
      const { page, respond, answer } = wait.resume;
      const state = { nonce: null, isLast: false };
      if (request.method !== 'POST') {
        const values = initialValues(page, request.queryText);
        return pageReply(renderForm(page, { ...state, locale, values, problems: new Map(), notice: null }));
      }
      const test = wait.summary.mode === 'manual';
      const received = await receive({ ...request, test }, page, state, () => false);
      if ('reply' in received) return received.reply;
      const item = { ...received.item, pairedItem: { item: 0 } };
      try {
        return await answerForm(
          services,
          { respond, answer, mayShowPages: respond !== 'immediately' },
          { begin: (caller) => executions.resume(wait, [item], caller), locale },
        );
      } catch (error) {
        if (error instanceof EngineError && error.code === 'WAIT_OVER') return closedPage(request);
        throw error;
      }
    },
  };
}

function closedPage({ locale }: WebhookRequest): WebhookReply {
  const { overTitle: title, overText: text } = FORM_TEXTS[locale];
  return pageReply(renderEnd({ title, text }, locale), 410);
}

/** The fields as they stand at first: what the address says under a field's name goes before its own default. */
function initialValues(page: FormPage, queryText: string): Map<number, readonly string[]> {
  const query = queryText === '' ? {} : parseQuery(queryText);
  return new Map(
    page.fields.map(({ kind, name, initial }, index) => {
      const given = kind === 'password' || name === '' ? undefined : query[name];
      if (given !== undefined) return [index, Array.isArray(given) ? given : [given]];
      return [index, kind === 'checkboxes' ? initial.split(',').map((text) => text.trim()) : [initial]];
    }),
  );
}
