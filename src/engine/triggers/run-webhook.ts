import type { Item, Locale } from '../../contract/index.ts';
import type { Clock } from '../kernel/index.ts';
import type { HttpMethod, WebhookResponse } from '../node-kit/index.ts';
import type { Caller, ExecutionResult, RunningExecution, StartRequest } from '../execution/index.ts';
import type { StartKey } from '../storage/index.ts';
import type { RegisteredWebhook } from './registered-webhook.ts';
import type { TriggerServices } from './trigger-services.ts';
import type { WebhookReply, WebhookRequest } from './webhook-call.ts';
import {
  endReply,
  failedReply,
  jsonReply,
  nodeReply,
  noResponseReply,
  type Answering,
} from './webhook-reply.ts';

/**
 * An execution that answered is usually over within this time, and then its end is the only commit it needs. One that
 * goes on is stored at once, so that its caller does not wait for it.
 */
const END_IS_NEAR_MS = 5;

/** Runs the webhook's workflow and gives its answer. */
export function runWebhook(
  services: Pick<TriggerServices, 'executions' | 'blobs' | 'clock'>,
  webhook: RegisteredWebhook,
  call: { request: WebhookRequest; item: Item; keys: readonly StartKey[] },
): Promise<WebhookReply> {
  const { declaration, listening } = webhook;
  const begin = startOf(services, webhook, {
    item: call.item,
    mode: 'webhook',
    keys: call.keys,
    ...(declaration.outputPerMethod && {
      startPort: declaration.methods.indexOf(call.request.method as HttpMethod),
    }),
    // Somebody watches a test, and an answer at once needs the row at once; the others are stored with their first result.
    stored: listening || declaration.respond === 'immediately' ? 'start' : 'first-write',
  });
  return answerCall(services, declaration, { begin, locale: call.request.locale });
}

/** What starts the execution that a call begins. */
export function startOf(
  services: Pick<TriggerServices, 'executions'>,
  { owner, node, listening }: RegisteredWebhook,
  call: {
    item: Item;
    stored: StartRequest['store'];
    mode: StartRequest['mode'];
    startPort?: number;
    keys?: readonly StartKey[];
  },
): (caller: Caller) => Promise<RunningExecution> {
  const start: StartRequest = {
    document: owner.document,
    workflowId: owner.id,
    version: owner.version,
    mode: listening ? 'manual' : call.mode,
    startNodeId: node.id,
    input: [call.item],
    store: call.stored,
    ...(call.keys && call.keys.length > 0 && { startKeys: call.keys }),
    ...(call.startPort !== undefined && { startPort: call.startPort }),
    ...(listening?.destinationNodeId !== undefined && { destinationNodeId: listening.destinationNodeId }),
  };
  return (caller) => services.executions.start({ ...start, caller });
}

/** Begins or resumes an execution and gives its answer, never before what the answer stands for is committed. */
export async function answerCall(
  services: Pick<TriggerServices, 'blobs' | 'clock'>,
  declaration: Answering,
  { begin, locale }: { begin(caller: Caller): Promise<RunningExecution>; locale: Locale },
): Promise<WebhookReply> {
  if (declaration.respond === 'immediately') {
    const execution = await begin({});
    await execution.stored;
    const { responseStatus: status, responseHeaders: headers, responseText: text } = declaration;
    if (text !== '') return nodeReply({ status, headers, body: { kind: 'text', text } }, services.blobs);
    if (declaration.responseData === 'none') return { status, headers, body: null };
    return jsonReply(status, { executionId: execution.id }, headers);
  }

  if (declaration.respond === 'at-end') {
    const { finished } = await begin({});
    const result = await finished;
    return result.status === 'success'
      ? endReply(declaration, result, services.blobs, locale)
      : failedReply(result, locale);
  }

  let onAnswer: (response: WebhookResponse) => void = () => undefined;
  const answered = new Promise<WebhookResponse>((resolve) => (onAnswer = resolve));
  const execution = await begin({ respond: onAnswer });
  const first = await Promise.race([
    answered.then((response) => ({ response })),
    execution.finished.then((result) => ({ result })),
  ]);
  if ('result' in first) {
    return first.result.status === 'success'
      ? noResponseReply(first.result.id, 'no Respond to Webhook node ran', locale)
      : failedReply(first.result, locale);
  }
  await committed(execution, services.clock);
  return nodeReply(first.response, services.blobs);
}

function committed(
  execution: { stored: Promise<void>; finished: Promise<ExecutionResult> },
  clock: Clock,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.schedule(END_IS_NEAR_MS, () => execution.stored.then(resolve, reject));
    void execution.finished.then(() => {
      cancel();
      resolve();
    });
  });
}
