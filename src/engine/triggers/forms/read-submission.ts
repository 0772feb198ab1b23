import { Readable } from 'node:stream';
import { EngineError } from '../../kernel/index.ts';
import type { BlobStore } from '../../storage/index.ts';
import { receiveForm, type ReceivedForm } from '../receive-form.ts';
import type { WebhookRequest } from '../webhook-call.ts';

export const FILE_LIMIT_BYTES = 100 * 1024 * 1024;
const LIMITS = { file: FILE_LIMIT_BYTES, texts: 1024 * 1024, files: 50, fields: 500 };

/** Reads what a browser sent; files go to disk as they come. Throws INPUT_INVALID for what is no form. */
export async function readSubmission(
  request: WebhookRequest,
  store: Pick<BlobStore, 'receive'>,
): Promise<ReceivedForm> {
  const type = request.headers['content-type'] ?? '';
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type))
    throw new EngineError('INPUT_INVALID', { reason: 'a form is expected' });
  return receiveForm(request.body ?? Readable.from([]), type, { store, limits: LIMITS });
}
