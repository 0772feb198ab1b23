import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAppResource, serveApp } from './app-protocol.ts';

let folder: string;
let root: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'app-protocol-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<title>GuixuFlow</title>');
  writeFileSync(join(root, 'assets', 'main.js'), 'export {}');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('resolveAppResource', () => {
  const root = join('/', 'app', 'renderer');

  it('gives files below the root', () => {
    expect(resolveAppResource('app://guixuflow/assets/main.js?v=1', root)).toEqual({
      kind: 'file',
      path: join(root, 'assets', 'main.js'),
    });
  });

  it('gives the index for pages of the router', () => {
    for (const page of ['', '/', '/workflows/1', '/executions?status=failed']) {
      expect(resolveAppResource(`app://guixuflow${page}`, root)).toEqual({
        kind: 'file',
        path: join(root, 'index.html'),
      });
    }
  });

  it('gives blobs to the engine with their query', () => {
    expect(resolveAppResource('app://guixuflow/blobs/ab12?name=x.png', root)).toEqual({
      kind: 'blob',
      path: '/blobs/ab12?name=x.png',
    });
  });

  it.each([
    'app://guixuflow/..%2f..%2fsecret.txt',
    'app://guixuflow/%2e%2e%2fsecret.txt',
    'app://guixuflow/assets/..%5c..%5csecret.txt',
    'app://guixuflow/blobs/..%2fapi%2fv1%2fworkflows',
    'app://guixuflow/%00.js',
    'app://guixuflow/%zz.js',
    'app://elsewhere/index.html',
    'https://guixuflow/index.html',
    'no address',
  ])('refuses %s', (address) => {
    expect(resolveAppResource(address, root)).toEqual({ kind: 'none' });
  });
});

describe('serveApp', () => {
  const serve = (path: string, init?: RequestInit, engineUrl: string | null = null) => {
    const asked: Array<{ url: string; headers: Record<string, string> }> = [];
    const answer = serveApp(new Request(`app://guixuflow${path}`, init), {
      root,
      engineUrl: () => engineUrl,
      fetch(url, { headers }) {
        asked.push({ url, headers });
        return Promise.resolve(
          new Response('bytes', { status: 206, headers: { 'content-type': 'image/png' } }),
        );
      },
    });
    return { answer, asked };
  };

  it('serves files with their type under a strict content security policy', async () => {
    const response = await serve('/assets/main.js').answer;
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      'export {}',
    ]);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self';");
  });

  it('answers 404 for what is not there and 405 for what is not a read', async () => {
    expect((await serve('/assets/missing.js').answer).status).toBe(404);
    expect((await serve('/%2e%2e%2fsecret.txt').answer).status).toBe(404);
    expect((await serve('/', { method: 'POST' }).answer).status).toBe(405);
  });

  it("asks the engine for blobs with its token and the window's range", async () => {
    const { answer, asked } = serve(
      '/blobs/ab',
      { headers: { range: 'bytes=0-3' } },
      'http://127.0.0.1:5680/?token=t1',
    );
    const response = await answer;
    expect(asked).toEqual([
      { url: 'http://127.0.0.1:5680/blobs/ab', headers: { authorization: 'Bearer t1', range: 'bytes=0-3' } },
    ]);
    expect([response.status, await response.text()]).toEqual([206, 'bytes']);
  });

  it('answers 503 for blobs while the engine is away', async () => {
    expect((await serve('/blobs/ab').answer).status).toBe(503);
  });
});
