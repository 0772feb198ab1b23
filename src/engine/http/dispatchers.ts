import { hash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { Agent, ProxyAgent, type Dispatcher } from 'undici';
import { NodeError, type ClientCertificate } from '../node-kit/index.ts';
import type { AddressPolicy } from './address-policy.ts';
import { assertAllowed, guardedConnector, guardedLookup, tlsOptions } from './guarded-connector.ts';

const MOST_POOLS = 32;

interface Wanted {
  url: URL;
  method: string;
  proxy?: string;
  ignoreTlsErrors: boolean;
  clientCertificate?: ClientCertificate;
}

export interface Dispatchers {
  /** The connection pool for requests of this kind. Throws HTTP_BLOCKED, and HTTP_REQUEST_FAILED for a malformed proxy. */
  pick(request: Wanted): Dispatcher | Promise<Dispatcher>;
  close(): Promise<void>;
}

/** Connection pools that are kept between requests: direct ones, and one per proxy and client certificate in use. */
export function createDispatchers(policy: AddressPolicy): Dispatchers {
  const strict = new Agent({ connect: guardedConnector(policy, { ignoreErrors: false }) });
  const lenient = new Agent({ connect: guardedConnector(policy, { ignoreErrors: true }) });
  const pools = new Map<string, Dispatcher>();

  /** The pool of that name; the one that was not used for the longest makes room for a new one. */
  const pool = (name: string, make: () => Dispatcher): Dispatcher => {
    const known = pools.get(name);
    if (known) {
      pools.delete(name);
      pools.set(name, known);
      return known;
    }
    const oldest = pools.size >= MOST_POOLS ? pools.entries().next().value : undefined;
    if (oldest) {
      pools.delete(oldest[0]);
      // Requests under way through it finish first.
      void oldest[1].close();
    }
    const made = make();
    pools.set(name, made);
    return made;
  };

  const direct = ({ ignoreTlsErrors, clientCertificate }: Wanted): Dispatcher => {
    if (!clientCertificate) return ignoreTlsErrors ? lenient : strict;
    const tls = { ignoreErrors: ignoreTlsErrors, clientCertificate };
    return pool(nameOf(null, tls), () => new Agent({ connect: guardedConnector(policy, tls) }));
  };

  const through = (proxy: URL, { ignoreTlsErrors, clientCertificate }: Wanted): Dispatcher => {
    const tls = { ignoreErrors: ignoreTlsErrors, ...(clientCertificate && { clientCertificate }) };
    return pool(
      nameOf(proxy, tls),
      () =>
        new ProxyAgent({
          uri: proxy.href,
          proxyTls: {
            lookup: guardedLookup(policy, portOf(proxy)),
            rejectUnauthorized: !ignoreTlsErrors,
          } as object,
          requestTls: {
            rejectUnauthorized: !ignoreTlsErrors,
            allowH2: false,
            ...(clientCertificate && tlsOptions(clientCertificate)),
          },
        }),
    );
  };

  return {
    pick(wanted) {
      const { url, method, proxy } = wanted;
      if (!proxy) return direct(wanted);
      if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
        throw new NodeError('HTTP_REQUEST_FAILED', {
          method,
          url: url.origin,
          reason: 'the proxy must be written as http://host:port',
        });
      }
      const uri = new URL(proxy);
      assertLiteralAllowed(policy, uri);
      return assertTargetAllowed(policy, url).then(() => through(uri, wanted));
    },
    async close() {
      await Promise.all([strict, lenient, ...pools.values()].map((agent) => agent.destroy()));
      pools.clear();
    },
  };
}

/** Secrets are part of it, so that a pool is shared by those only who have the same. */
function nameOf(proxy: URL | null, tls: object): string {
  return hash('sha256', JSON.stringify([proxy?.href, tls]), 'base64url');
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
