import aws4, { type Request } from 'aws4';
import { NodeError, type HttpRequest, type RevealedCredential } from '../../../node-kit/index.ts';

/** Set by whoever sends the request, to the very values that were signed. */
const NOT_OURS = new Set(['host', 'content-length']);

/** The request with an AWS Signature Version 4. Throws CREDENTIAL_INVALID for a body that cannot be signed. */
export function signAws(request: HttpRequest, { data }: Pick<RevealedCredential, 'data'>): HttpRequest {
  const url = new URL(request.url);
  const { body } = request;
  const isText = typeof body === 'string';
  const isStream = body !== undefined && !isText && !(body instanceof Uint8Array);
  const signed: Request = {
    host: url.host,
    method: request.method,
    path: `${url.pathname}${url.search}`,
    headers: Object.fromEntries(request.headers ?? []),
    ...(data['region'] && { region: data['region'] }),
    ...(data['service'] && { service: data['service'] }),
    ...(isText && { body }),
    ...(body instanceof Uint8Array && { body: Buffer.from(body) }),
  };
  if (isStream) {
    if (body instanceof FormData)
      throw new NodeError('CREDENTIAL_INVALID', { reason: 'a form with files cannot be signed for AWS' });
    // What is read while it is sent has no hash yet; S3 takes this word for it.
    signed.headers = { ...signed.headers, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' };
  }
  const { accessKeyId = '', secretAccessKey = '', sessionToken } = data;
  aws4.sign(signed, { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) });
  const headers = Object.entries(signed.headers ?? {}).filter(([name]) => !NOT_OURS.has(name.toLowerCase()));
  return {
    ...request,
    headers: headers.map(([name, value]) => [name, String(value)]),
    secretHeaders: [...(request.secretHeaders ?? []), 'authorization', 'x-amz-security-token'],
  };
}
