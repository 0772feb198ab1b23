import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

export const APP_ORIGIN = 'app://guixuflow';

const HEADERS = {
  // Styles are inline because Vue Flow positions nodes that way.
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-src 'none'; object-src 'none'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

export type AppResource = { kind: 'file'; path: string } | { kind: 'blob'; path: string } | { kind: 'none' };

/**
 * What an `app://` address stands for: a file below `root`, a blob of the engine, or nothing. Addresses without an
 * extension are pages of the router and give the index.
 */
export function resolveAppResource(address: string, root: string): AppResource {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || `${url.protocol}//${url.host}` !== APP_ORIGIN) return { kind: 'none' };
  const path = decodePath(url.pathname);
  // Encoded separators and dots survive URL parsing; nothing of ours has any in its name.
  if (path === null || /[\\\0]|(^|\/)\.\.(\/|$)/.test(path)) return { kind: 'none' };
  if (path.startsWith('/blobs/')) return { kind: 'blob', path: url.pathname + url.search };
  const file = normalize(join(root, extname(path) === '' ? 'index.html' : path));
  return file.startsWith(root + sep) ? { kind: 'file', path: file } : { kind: 'none' };
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

export interface AppServerOptions {
  /** Absolute path of the built renderer. */
  root: string;
  /** The engine's address with its token; null while it is away. */
  engineUrl(): string | null;
  fetch(url: string, init: { headers: Record<string, string>; signal: AbortSignal }): Promise<Response>;
}

/** Answers the window's requests: its own files, and blobs, which the engine streams. */
export async function serveApp(request: Request, options: AppServerOptions): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405);
  const resource = resolveAppResource(request.url, options.root);
  if (resource.kind === 'none') return plain(404);
  if (resource.kind === 'blob') return fetchBlob(request, resource.path, options);
  try {
    const body = await readFile(resource.path);
    const type = CONTENT_TYPES[extname(resource.path)] ?? 'application/octet-stream';
    return new Response(body, { headers: { ...HEADERS, 'content-type': type } });
  } catch {
    return plain(404);
  }
}

async function fetchBlob(request: Request, path: string, options: AppServerOptions): Promise<Response> {
  const engine = options.engineUrl();
  if (engine === null) return plain(503);
  const token = new URL(engine).searchParams.get('token') ?? '';
  const range = request.headers.get('range');
  const answer = await options.fetch(new URL(path, engine).href, {
    headers: { authorization: `Bearer ${token}`, ...(range !== null && { range }) },
    signal: request.signal,
  });
  return new Response(answer.body, {
    status: answer.status,
    headers: { ...Object.fromEntries(answer.headers), ...HEADERS },
  });
}

function plain(status: number): Response {
  return new Response(null, { status, headers: HEADERS });
}
