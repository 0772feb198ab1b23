import type { Locale } from '../../../contract/index.ts';
import type { Caller, ExecutionResult, RunningExecution } from '../../execution/index.ts';
import type { FormAnswer, FormDeclaration, WebhookResponse } from '../../node-kit/index.ts';
import type { TriggerServices } from '../trigger-services.ts';
import type { WebhookReply } from '../webhook-call.ts';
import { nodeReply } from '../webhook-reply.ts';
import { FORM_TEXTS } from './form-texts.ts';
import { renderEnd } from './render-page.ts';

type Services = Pick<TriggerServices, 'blobs' | 'webhookBaseUrl'>;
type Next = { response: WebhookResponse } | { page: string } | { result: ExecutionResult };

/**
 * Begins or resumes an execution with the answers of a page and leads the browser on: to the next page, to what a node
 * answers, or to the end.
 */
export async function answerForm(
  services: Services,
  form: Pick<FormDeclaration, 'respond' | 'answer'> & { mayShowPages: boolean },
  { begin, locale }: { begin(caller: Caller): Promise<RunningExecution>; locale: Locale },
): Promise<WebhookReply> {
  if (form.respond === 'immediately' && !form.mayShowPages) {
    await (
      await begin({})
    ).stored;
    return endOfForm(form.answer, locale);
  }
  const { promise, resolve } = Promise.withResolvers<Next>();
  const execution = await begin({
    respond: (response) => resolve({ response }),
    onPage: (page) => resolve({ page }),
  });
  void execution.finished.then((result) => resolve({ result }));
  const next = await promise;
  if ('page' in next) return seeOther(waitingPath(services.webhookBaseUrl(), next.page));
  if ('result' in next) {
    return next.result.status === 'success' ? endOfForm(form.answer, locale) : failedForm(locale);
  }
  await execution.stored;
  const { body } = next.response;
  return body.kind === 'page' ? endOfForm(body.answer, locale) : nodeReply(next.response, services.blobs);
}

export function pageReply(html: string, status = 200): WebhookReply {
  return {
    status,
    headers: [
      { name: 'content-type', value: 'text/html; charset=utf-8' },
      { name: 'cache-control', value: 'no-store' },
    ],
    body: html,
    isForm: true,
  };
}

function endOfForm(answer: FormAnswer, locale: Locale): WebhookReply {
  return answer.redirect.trim() === ''
    ? pageReply(renderEnd(answer, locale))
    : seeOther(encodeURI(decodable(answer.redirect.trim())));
}

function failedForm(locale: Locale): WebhookReply {
  const { failedTitle: title, failedText: text } = FORM_TEXTS[locale];
  return pageReply(renderEnd({ title, text }, locale), 500);
}

/** The browser asks for the next page with GET, so that going back or reloading sends nothing again. */
function seeOther(location: string): WebhookReply {
  return { status: 303, headers: [{ name: 'location', value: location }], body: null };
}

/** Below the host the browser sees, which need not be the one we know. */
function waitingPath(webhookBaseUrl: string, page: string): string {
  return new URL(webhookBaseUrl).pathname.replace(/webhook\/?$/, `form-waiting/${encodeURI(page)}`);
}

function decodable(location: string): string {
  try {
    return decodeURI(location);
  } catch {
    return location;
  }
}
