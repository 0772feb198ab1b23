import { EngineError } from '../kernel/index.ts';
import type { HttpClient } from '../node-kit/index.ts';
import { readWorkflow, type ReadWorkflow } from '../workflow/index.ts';
import { fetchText } from './fetch-text.ts';

/** As much as a request to our own API may carry. */
const LARGEST_BYTES = 16 * 1024 ** 2;

/** The workflow in the file at an address. Throws WORKFLOW_FILE_INVALID, WORKFLOW_TOO_NEW and what `HttpClient` throws. */
export async function fetchWorkflow(http: HttpClient, url: string): Promise<ReadWorkflow> {
  const unreadable = (reason: string) =>
    new EngineError('WORKFLOW_FILE_INVALID', { reason: `${url}: ${reason}`, file: url });
  const text = await fetchText(http, {
    url,
    accept: 'application/json, application/yaml, text/plain, */*;q=0.5',
    largestBytes: LARGEST_BYTES,
    refused: (status, statusText) => unreadable(`the server answered ${status} ${statusText}`.trimEnd()),
    tooLarge: () => unreadable(`it is larger than ${LARGEST_BYTES / 1024 ** 2} MB`),
  });
  return readWorkflow(text, url);
}
