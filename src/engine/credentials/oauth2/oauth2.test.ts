import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAddressPolicy, createHttpClient } from '../../http/index.ts';
import { FakeClock } from '../../kernel/fake-clock.ts';
import { systemClock } from '../../kernel/index.ts';
import { openStorage, type Storage } from '../../storage/index.ts';
import { keyFromText } from '../encryption-key.ts';
import { KeyRing } from '../key-ring.ts';
import { createRevealer } from '../reveal.ts';
import { createVault } from '../vault.ts';
import { createAccessTokens } from './access-tokens.ts';
import { createSignIns } from './sign-ins.ts';
import { CLIENT, startProvider } from './test-provider.ts';

const REDIRECT = 'http://127.0.0.1:5680/oauth/callback';

describe('OAuth 2.0', () => {
  let folder: string;
  let storage: Storage;
  let provider: Awaited<ReturnType<typeof startProvider>>;
  const http = createHttpClient({ policy: createAddressPolicy({ ownPorts: () => [] }), clock: systemClock });
  const clock = new FakeClock();
  const connected: string[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guixuflow-oauth-'));
    storage = await openStorage({ kind: 'sqlite', dataDir: folder });
    provider = await startProvider();
    connected.length = 0;
  });
  afterEach(async () => {
    provider.close();
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The parts as the app wires them; a second call is another process on the same database. */
  function open() {
    const keys = new KeyRing(keyFromText('correct horse battery staple'));
    const vault = createVault({ storage, keys, clock });
    const signIns = createSignIns({
      ...{ vault, http, clock, redirectUri: () => REDIRECT },
      onConnected: (id) => connected.push(id),
    });
    return {
      vault,
      signIns,
      reveal: createRevealer({ vault, tokens: createAccessTokens({ vault, http, clock }) }),
    };
  }

  const data = (more: Record<string, string> = {}) => ({
    grant: 'authorization-code',
    authorizationUrl: `${provider.url}/authorize`,
    tokenUrl: `${provider.url}/token`,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    clientAuthentication: 'header',
    ...more,
  });

  /** What the browser does: goes to the provider and comes back. */
  async function visit(url: string): Promise<URL> {
    const { headers } = await fetch(url, { redirect: 'manual' });
    return new URL(headers.get('location') ?? '');
  }

  async function connect(parts: ReturnType<typeof open>, more?: Record<string, string>) {
    const { id } = await parts.vault.create({ name: 'Drive', type: 'oauth2', data: data(more) });
    const { url } = await parts.signIns.begin(id);
    return { id, url, answer: await visit(url) };
  }

  it.each(['header', 'body'])(
    'signs a person in, the client known by its %s',
    async (clientAuthentication) => {
      const parts = open();
      const { id, answer } = await connect(parts, {
        clientAuthentication,
        scope: 'files',
        parameters: 'prompt=consent',
      });
      await expect(parts.reveal(id)).rejects.toMatchObject({ code: 'OAUTH_NOT_CONNECTED' });
      expect(await parts.signIns.finish(answer)).toEqual({ name: 'Drive' });
      expect(connected).toEqual([id]);
      const { data: revealed } = await parts.reveal(id);
      expect(provider.isGood(`Bearer ${revealed['accessToken']}`)).toBe(true);
      // Nodes have no use for what tokens are renewed with, and people see none of it.
      expect(Object.keys(revealed)).not.toContain('tokens');
      expect(JSON.stringify(revealed)).not.toContain(CLIENT.secret);
      expect(JSON.stringify(await parts.vault.summary(id))).not.toMatch(/access-|refresh-|client-secret/);
      expect((await parts.vault.summary(id))?.fields['connectedAt']).toBe(String(clock.now()));
    },
  );

  it('asks with PKCE and what the credential adds, and takes each answer once', async () => {
    const parts = open();
    const { url, answer } = await connect(parts, { scope: 'a b', parameters: 'prompt=consent' });
    const asked = Object.fromEntries(new URL(url).searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: CLIENT.id,
      redirect_uri: REDIRECT,
      scope: 'a b',
      prompt: 'consent',
      code_challenge_method: 'S256',
    });
    await parts.signIns.finish(answer);
    await expect(parts.signIns.finish(answer)).rejects.toMatchObject({ code: 'OAUTH_STATE_UNKNOWN' });
  });

  it('forgets a sign-in after ten minutes', async () => {
    const parts = open();
    const { answer } = await connect(parts);
    await clock.advance(600_000);
    await expect(parts.signIns.finish(answer)).rejects.toMatchObject({ code: 'OAUTH_STATE_UNKNOWN' });
  });

  it('tells what the provider says', async () => {
    const parts = open();
    const refused = await connect(parts, { scope: 'forbidden' });
    await expect(parts.signIns.finish(refused.answer)).rejects.toMatchObject({
      code: 'OAUTH_FAILED',
      facts: { reason: 'access_denied: The user said no' },
    });
    const wrong = await connect(parts, { clientSecret: 'wrong-secret' });
    const failure = await parts.signIns.finish(wrong.answer).catch((error: unknown) => error as Error);
    expect(failure).toMatchObject({ code: 'OAUTH_FAILED' });
    expect(JSON.stringify([(failure as Error).message, failure])).not.toContain('wrong-secret');
  });

  it('renews a token that is about to expire, once for all who ask', async () => {
    const parts = open();
    const { id, answer } = await connect(parts);
    await parts.signIns.finish(answer);
    const before = (await parts.reveal(id)).data['accessToken'];
    await clock.advance(3_600_000 - 60_000);
    const all = await Promise.all(Array.from({ length: 20 }, () => parts.reveal(id)));
    expect(new Set(all.map(({ data: revealed }) => revealed['accessToken'])).size).toBe(1);
    expect(all[0]?.data['accessToken']).not.toBe(before);
    expect(provider.log).toEqual(['authorization_code', 'refresh_token']);
    // Another process finds what this one has got.
    expect((await open().reveal(id)).data['accessToken']).toBe(all[0]?.data['accessToken']);
    expect(provider.log).toHaveLength(2);
  });

  it('gets another token for one that was refused, once', async () => {
    const parts = open();
    const { id, answer } = await connect(parts);
    await parts.signIns.finish(answer);
    const { accessToken: refused = '' } = (await parts.reveal(id)).data;
    provider.withdraw();
    const renewed = await Promise.all([parts.reveal(id, refused), parts.reveal(id, refused)]);
    expect(provider.isGood(`Bearer ${renewed[0].data['accessToken']}`)).toBe(true);
    expect(renewed[1].data['accessToken']).toBe(renewed[0].data['accessToken']);
    // Whoever still had the old one gets the new one, and not yet another.
    expect((await parts.reveal(id, refused)).data['accessToken']).toBe(renewed[0].data['accessToken']);
    expect(provider.log).toEqual(['authorization_code', 'refresh_token']);
  });

  it('signs in as the client itself', async () => {
    const { vault, reveal } = open();
    const { id } = await vault.create({
      name: 'Bot',
      type: 'oauth2',
      data: data({ grant: 'client-credentials' }),
    });
    const { data: revealed } = await reveal(id);
    expect(provider.isGood(`Bearer ${revealed['accessToken']}`)).toBe(true);
    await reveal(id);
    expect(provider.log).toEqual(['client_credentials']);
    await expect(open().signIns.begin(id)).rejects.toMatchObject({ code: 'CREDENTIAL_INVALID' });
  });

  it('drops its tokens when the client is another, and keeps them when only the name is', async () => {
    const parts = open();
    const { id, answer } = await connect(parts);
    await parts.signIns.finish(answer);
    await parts.vault.update({ id, name: 'Other name', data: { clientId: CLIENT.id } });
    await parts.reveal(id);
    await parts.vault.update({ id, data: { clientId: 'client-2' } });
    await expect(parts.reveal(id)).rejects.toMatchObject({ code: 'OAUTH_NOT_CONNECTED' });
    await expect(parts.vault.update({ id, data: { tokens: '{}' } })).rejects.toMatchObject({
      code: 'CREDENTIAL_INVALID',
    });
  });
});
