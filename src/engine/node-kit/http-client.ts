/** Bytes that are read while they are sent, and anew for each redirect. */
export interface StoredBody {
  size: number;
  open(): AsyncIterable<Uint8Array>;
}

/** What the client shows in the TLS handshake. All texts are PEM. */
export interface ClientCertificate {
  certificate: string;
  key: string;
  passphrase?: string;
  /** Whom to trust in place of the usual authorities. */
  authorities?: string;
}

export interface HttpRequest {
  method: string;
  url: string;
  headers?: Array<[name: string, value: string]>;
  /** Names of headers that must not follow a redirect to another origin, besides Authorization and Cookie. */
  secretHeaders?: string[];
  /** Names of query parameters that messages must not show, besides those that look secret. */
  secretQuery?: readonly string[];
  body?: string | Uint8Array | AsyncIterable<Uint8Array> | StoredBody | FormData;
  /** Until the whole answer is there. */
  timeoutMs?: number;
  followRedirects?: boolean;
  maxRedirects?: number;
  /** `http://user:password@host:port`. */
  proxy?: string;
  ignoreTlsErrors?: boolean;
  clientCertificate?: ClientCertificate;
  signal?: AbortSignal;
}

export interface HttpResponse {
  status: number;
  statusText: string;
  /** Lower-case names; repeated headers are joined by ", ". */
  headers: Record<string, string>;
  url: string;
  body: AsyncIterable<Uint8Array>;
  /** The whole body. */
  bytes(): Promise<Buffer>;
  text(): Promise<string>;
}

/** Sends HTTP requests over kept-alive connections, within the instance's rules about addresses. */
export interface HttpClient {
  /**
   * Resolves with any status. Throws `NodeError`: HTTP_REQUEST_FAILED (no answer), HTTP_TIMEOUT, HTTP_BLOCKED
   * (address not allowed).
   */
  request(request: HttpRequest): Promise<HttpResponse>;
}
