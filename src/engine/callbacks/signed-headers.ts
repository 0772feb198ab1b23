import { createHmac } from 'node:crypto';

/**
 * Headers of a callback. The signature is the hexadecimal HMAC-SHA256 of `timestamp.body`; the timestamp is part of it
 * so that who receives it can refuse one that was recorded and sent again.
 */
export function signedHeaders(callback: {
  id: string;
  body: string;
  /** Null sends no signature. */
  secret: string | null;
  /** UTC milliseconds. */
  now: number;
}): Array<[name: string, value: string]> {
  const { id, body, secret, now } = callback;
  const timestamp = String(Math.floor(now / 1000));
  const headers: Array<[string, string]> = [
    ['content-type', 'application/json'],
    ['x-guixuflow-delivery', id],
    ['x-guixuflow-timestamp', timestamp],
  ];
  if (secret === null) return headers;
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return [...headers, ['x-guixuflow-signature', `sha256=${signature}`]];
}
