export interface DecodedError {
  code: string;
  message: string;
  data: { details: Record<string, unknown>; requestId?: string };
}

/** Reads the API's `{ code, message, details, requestId }`; null when the body is something else. */
export function decodeErrorBody(body: unknown): DecodedError | null {
  if (!isRecord(body) || typeof body.code !== 'string') return null;
  const inner = isRecord(body.data) ? body.data : {};
  const details = [body.details, inner.details, body.data].find(isRecord) ?? {};
  const requestId = body.requestId ?? inner.requestId;
  return {
    code: body.code,
    message: typeof body.message === 'string' ? body.message : body.code,
    data: typeof requestId === 'string' ? { details, requestId } : { details },
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
