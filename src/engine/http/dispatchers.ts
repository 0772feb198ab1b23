import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { NodeError } from '../node-kit/index.ts';
import type { AddressPolicy } from './address-policy.ts';
import { assertAllowed, guardedConnector, guardedLookup } from './guarded-connector.ts';

const MOST_PROXIES = 16;

export interface Dispatchers {
  /** The connection pool for requests of this kind. Throws HTTP_BLOCKED, and HTTP_REQUEST_FAILED for a malformed proxy. */
  pick(request: {
    url: URL;
    method: string;
    proxy?: string;
    ignoreTlsErrors: boolean;
  }): Dispatcher | Promise<Dispatcher>;
  close(): Promise<void>;
}

/** Connection pools that are kept between requests: direct ones, and one per proxy in use. */
export function createDispatchers(policy: AddressPolicy): Dispatchers {
  const strict = new Agent({ connect: guardedConnector(policy, { ignoreErrors: false }) });
  const lenient = new Agent({ connect: guardedConnector(policy, { ignoreErrors: true }) });
  const proxies = new Map<string, ProxyAgent>();

  const proxyAgent = (uri: URL, ignoreTlsErrors: boolean): ProxyAgent => {
    const key = `${ignoreTlsErrors ? 'lenient' : 'strict'} ${uri.href}`;
    const known = proxies.get(key);
    if (known) {
      proxies.delete(key);
      proxies.set(key, known);
      return known;
    }
    const oldest = proxies.size >= MOST_PROXIES ? proxies.entries().next().value : undefined;
    if (oldest) {
      proxies.delete(oldest[0]);
      // Requests under way through it finish first.
      void oldest[1].close();
    }
    const agent = new ProxyAgent({
      uri: uri.href,
      proxyTls: {
        lookup: guardedLookup(policy, portOf(uri)),
        rejectUnauthorized: !ignoreTlsErrors,
      } as object,
      requestTls: { rejectUnauthorized: !ignoreTlsErrors, allowH2: false },
    });
    proxies.set(key, agent);
    return agent;
  };

  return {
    pick({ url, method, proxy, ignoreTlsErrors }) {
      if (!proxy) return ignoreTlsErrors ? lenient : strict;
      if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
        throw new NodeError('HTTP_REQUEST_FAILED', {
          method,
          url: url.origin,
          reason: 'the proxy must be written as http://host:port',
        });
      }
      const uri = new URL(proxy);
      assertLiteralAllowed(policy, uri);
      return assertTargetAllowed(policy, url).then(() => proxyAgent(uri, ignoreTlsErrors));
    },
    async close() {
      await Promise.all([strict, lenient, ...proxies.values()].map((agent) => agent.destroy()));
      proxies.clear();
    },
  };
}

/** The proxy resolves the target's name, so it is checked here; a name that only the proxy knows is left to it. */
async function assertTargetAllowed(policy: AddressPolicy, url: URL): Promise<void> {
  assertLiteralAllowed(policy, url);
  const addresses = await lookup(hostOf(url), { all: true }).catch(() => []);
  for (const { address } of addresses) assertAllowed(policy, { host: url.host, address, port: portOf(url) });
}

function assertLiteralAllowed(policy: AddressPolicy, url: URL): void {
  const host = hostOf(url);
  if (isIP(host)) assertAllowed(policy, { host: url.host, address: host, port: portOf(url) });
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}
