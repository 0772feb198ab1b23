import { validateHeaderName, validateHeaderValue } from 'node:http';
import { describeError, ERROR_CODES, type ErrorCode, type Locale } from '../../contract/index.ts';
import type { ExecutionResult } from '../execution/index.ts';
import { isEngineError, type Logger } from '../kernel/index.ts';
import {
  getPath,
  type BinaryStore,
  type WebhookDeclaration,
  type WebhookResponse,
} from '../node-kit/index.ts';
import type { WebhookReply } from './webhook-call.ts';

type Headers = WebhookReply['headers'];

/** What of a declaration says how calls are answered. */
export type Answering = Pick<
  WebhookDeclaration,
  'respond' | 'responseData' | 'responseStatus' | 'responseHeaders' | 'responseField' | 'responseText'
>;

const JSON_TYPE = 'application/json; charset=utf-8';

export function jsonReply(status: number, value: unknown, headers: Headers = []): WebhookReply {
  return { status, headers: withType(headers, JSON_TYPE), body: JSON.stringify(value) };
}

/** A failure before or outside of the execution, in the form the API uses. */
export function errorReply(
  code: ErrorCode,
  facts: Readonly<Record<string, unknown>>,
  request: { locale: Locale; requestId: string },
  headers: Headers = [],
): WebhookReply {
  const { requestId, locale } = request;
  const message = describeError(code, { ...facts, requestId }, locale);
  return jsonReply(ERROR_CODES[code].status, { code, message, requestId }, headers);
}

/** What a caller is told of an unforeseen failure, and the log with it. */
export function failedCall(
  error: unknown,
  request: { locale: Locale; requestId: string },
  logger: Logger,
): WebhookReply {
  if (isEngineError(error)) {
    const retryAfter = error.code === 'QUEUE_FULL' ? [{ name: 'retry-after', value: '5' }] : [];
    return errorReply(error.code, error.facts, request, retryAfter);
  }
  logger.error({ err: error, requestId: request.requestId }, 'A webhook call failed unexpectedly');
  return errorReply('INTERNAL', {}, request);
}

/** The workflow ran and did not succeed. */
export function failedReply(result: ExecutionResult, locale: Locale): WebhookReply {
  const error = result.error ?? {
    code: 'EXECUTION_CANCELLED',
    message: describeError('EXECUTION_CANCELLED', {}, locale),
  };
  return jsonReply(500, { code: error.code, message: error.message, executionId: result.id });
}

export function noResponseReply(executionId: string, reason: string, locale: Locale): WebhookReply {
  return jsonReply(500, {
    code: 'WEBHOOK_NO_RESPONSE',
    message: describeError('WEBHOOK_NO_RESPONSE', { reason }, locale),
    executionId,
  });
}

/** The answer at the end of a successful execution, as the webhook's declaration wants it. */
export function endReply(
  declaration: Answering,
  result: ExecutionResult,
  store: BinaryStore,
  locale: Locale,
): WebhookReply {
  const { responseStatus: status, responseHeaders: headers } = declaration;
  const [first] = result.lastItems;
  switch (declaration.responseData) {
    case 'none':
      return { status, headers, body: null };
    case 'all-items':
      return jsonReply(
        status,
        result.lastItems.map(({ json }) => json),
        headers,
      );
    case 'first-item': {
      const { responseField } = declaration;
      if (responseField === '') return jsonReply(status, first?.json ?? {}, headers);
      const value = getPath(first?.json ?? {}, responseField);
      // With a content type of the user's own, a text is what it is and no JSON.
      return typeof value === 'string' && has(headers, 'content-type')
        ? { status, headers, body: value }
        : jsonReply(status, value ?? null, headers);
    }
    case 'first-binary': {
      const files = first?.binary ?? {};
      const named = declaration.responseField === '' ? undefined : files[declaration.responseField];
      const reference = declaration.responseField === '' ? Object.values(files)[0] : named;
      if (!reference)
        return noResponseReply(result.id, 'the last node gave no binary field to answer with', locale);
      return nodeReply({ status, headers, body: { kind: 'binary', reference } }, store);
    }
  }
}

/** The answer that a Respond to Webhook node gave. */
export function nodeReply(response: WebhookResponse, store: BinaryStore): WebhookReply {
  const { status, body } = response;
  const headers = response.headers.filter(isSendable);
  switch (body.kind) {
    case 'none':
      return { status, headers, body: null };
    case 'page':
      return { status, headers: withType(headers, 'text/plain; charset=utf-8'), body: body.answer.text };
    case 'json':
      return jsonReply(status, body.value ?? null, headers);
    case 'text':
      return { status, headers: withType(headers, 'text/plain; charset=utf-8'), body: body.text };
    case 'binary': {
      const { mimeType, fileName } = body.reference;
      const named =
        fileName === undefined || has(headers, 'content-disposition')
          ? headers
          : [
              ...headers,
              {
                name: 'content-disposition',
                value: `inline; filename*=UTF-8''${encodeURIComponent(fileName)}`,
              },
            ];
      return { status, headers: withType(named, mimeType), body: store.stream(body.reference) };
    }
  }
}

function withType(headers: Headers, contentType: string): Headers {
  return has(headers, 'content-type') ? headers : [...headers, { name: 'content-type', value: contentType }];
}

function has(headers: Headers, name: string): boolean {
  return headers.some((header) => header.name.toLowerCase() === name);
}

/** A header with a line break in it would fail the whole answer. */
export function isSendable({ name, value }: Headers[number]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
