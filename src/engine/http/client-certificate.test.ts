import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { generate, type GenerateResult } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAddressPolicy } from './address-policy.ts';
import { createHttpClient } from './create-http-client.ts';

const http = createHttpClient({ policy: createAddressPolicy() });
let authority: GenerateResult;
let own: GenerateResult;
let server: Server;
let url: string;

beforeAll(async () => {
  authority = await generate([{ name: 'commonName', value: 'Test authority' }], {
    extensions: [{ name: 'basicConstraints', cA: true }],
  });
  const ca = { key: authority.private, cert: authority.cert };
  const host = await generate([{ name: 'commonName', value: 'localhost' }], {
    ca,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  own = await generate([{ name: 'commonName', value: 'ann' }], { ca });
  server = createServer(
    { key: host.private, cert: host.cert, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate();
      response.end(subject.CN);
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});

const shown = () => ({ certificate: own.cert, key: own.private, authorities: authority.cert });

describe('client certificates', () => {
  it('are shown to the server, whose own certificate is checked against the given authorities', async () => {
    const response = await http.request({ method: 'GET', url, clientCertificate: shown() });
    expect(await response.text()).toBe('ann');
  });

  it('are asked for by the server, and its certificate is not trusted without its authority', async () => {
    await expect(http.request({ method: 'GET', url, ignoreTlsErrors: true })).rejects.toMatchObject({
      code: 'HTTP_REQUEST_FAILED',
    });
    const { authorities: _authorities, ...alone } = shown();
    await expect(http.request({ method: 'GET', url, clientCertificate: alone })).rejects.toThrow(
      /its certificate/,
    );
  });

  it('follow no redirect to another server', async () => {
    const elsewhere = createPlainServer((_request, response) =>
      response.writeHead(302, { location: url }).end(),
    );
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const { port } = elsewhere.address() as AddressInfo;
    const redirected = http.request({
      method: 'GET',
      url: `http://127.0.0.1:${port}/`,
      clientCertificate: shown(),
      ignoreTlsErrors: true,
    });
    await expect(redirected).rejects.toMatchObject({ code: 'HTTP_REQUEST_FAILED' });
    elsewhere.close();
  });

  it('that cannot be read are told of without showing them', async () => {
    const broken = { certificate: 'no certificate', key: 'no key' };
    const failure = await http
      .request({ method: 'GET', url, clientCertificate: broken })
      .catch((e: unknown) => e);
    expect(failure).toMatchObject({ code: 'HTTP_REQUEST_FAILED' });
    expect(String(failure)).not.toContain('no key');
  });
});
