import { afterEach, describe, expect, it } from 'vitest';
import { createAddressPolicy, createHttpClient } from '../http/index.ts';
import { startTestServer, type TestHandler } from '../http/test-server.ts';
import { createOpenApi } from './openapi-service.ts';

const closers: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const tasks = { run: (name: string, input: unknown) => Promise.resolve({ name, input }) };

async function rig(handler: TestHandler) {
  const { base, http, close } = await startTestServer(handler);
  closers.push(close);
  return { base, service: createOpenApi({ http, tasks }) };
}

describe('createOpenApi', () => {
  it('fetches a document, and reads it in a process of its own', async () => {
    const { base, service } = await rig(({ url }, response) => {
      if (url === '/old') response.writeHead(302, { location: '/new' }).end();
      else response.end('openapi: 3.1.0 # 茶');
    });
    expect(await service.fetch(`${base}/old`)).toBe('openapi: 3.1.0 # 茶');
    expect(await service.operations('x')).toEqual({ name: 'openapi/operations', input: { text: 'x' } });
    const wanted = { text: 'x', method: 'GET' as const, path: '/a' };
    expect(await service.operation(wanted)).toEqual({ name: 'openapi/operation', input: wanted });
  });

  it('says why nothing could be fetched', async () => {
    const { base, service } = await rig(({ url }, response) => {
      if (url === '/large') response.end(Buffer.alloc(10 * 1024 ** 2 + 1, 'x'));
      else response.writeHead(404).end();
    });
    await expect(service.fetch(`${base}/none`)).rejects.toMatchObject({
      code: 'HTTP_STATUS',
      facts: { method: 'GET', url: `${base}/none`, status: 404 },
    });
    await expect(service.fetch(`${base}/large`)).rejects.toMatchObject({ code: 'OPENAPI_TOO_LARGE' });
    await expect(service.fetch('http://127.0.0.1:1/')).rejects.toMatchObject({ code: 'HTTP_REQUEST_FAILED' });
  });

  it('keeps to the rules about addresses', async () => {
    const http = createHttpClient({ policy: createAddressPolicy() });
    closers.push(() => http.close());
    await expect(
      createOpenApi({ http, tasks }).fetch('http://169.254.169.254/openapi.json'),
    ).rejects.toMatchObject({ code: 'HTTP_BLOCKED' });
  });
});
