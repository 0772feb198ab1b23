import type { HttpClient } from '../node-kit/index.ts';

const TIMEOUT_MS = 30_000;

export interface TextRequest {
  url: string;
  /** Media types that are wanted. */
  accept: string;
  largestBytes: number;
  /** What to throw for an answer of that status. */
  refused(status: number, statusText: string): Error;
  /** What to throw for a larger one. */
  tooLarge(): Error;
}

/** The UTF-8 text at an address. Throws what the request says, and what `HttpClient` throws. */
export async function fetchText(http: HttpClient, request: TextRequest): Promise<string> {
  const { url, accept, largestBytes } = request;
  const { status, statusText, body } = await http.request({
    method: 'GET',
    url,
    headers: [['accept', accept]],
    timeoutMs: TIMEOUT_MS,
    followRedirects: true,
  });
  if (status !== 200) throw request.refused(status, statusText);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > largestBytes) throw request.tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
