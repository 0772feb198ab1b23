import { EngineError } from '../kernel/index.ts';
import type { HttpClient } from '../node-kit/index.ts';
import { readWorkflow, type ReadWorkflow } from '../workflow/index.ts';

const TIMEOUT_MS = 30_000;
/** As much as a request to our own API may carry. */
const LARGEST_BYTES = 16 * 1024 ** 2;

/** The workflow in the file at an address. Throws WORKFLOW_FILE_INVALID, WORKFLOW_TOO_NEW and what `HttpClient` throws. */
export async function fetchWorkflow(http: HttpClient, url: string): Promise<ReadWorkflow> {
  const { status, statusText, body } = await http.request({
    method: 'GET',
    url,
    headers: [['accept', 'application/json, application/yaml, text/plain, */*;q=0.5']],
    timeoutMs: TIMEOUT_MS,
    followRedirects: true,
  });
  if (status !== 200) throw unreadable(`the server answered ${status} ${statusText}`.trimEnd());
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > LARGEST_BYTES) throw unreadable(`it is larger than ${LARGEST_BYTES / 1024 ** 2} MB`);
    parts.push(part);
  }
  return readWorkflow(Buffer.concat(parts).toString('utf8'), url);

  function unreadable(reason: string): EngineError {
    return new EngineError('WORKFLOW_FILE_INVALID', { reason: `${url}: ${reason}`, file: url });
  }
}
