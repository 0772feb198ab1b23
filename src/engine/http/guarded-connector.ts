import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { NodeError, type ClientCertificate } from '../node-kit/index.ts';
import type { AddressPolicy } from './address-policy.ts';

const CONNECT_TIMEOUT_MS = 30_000;

/** Throws HTTP_BLOCKED when the policy refuses this IP address. */
export function assertAllowed(
  policy: AddressPolicy,
  target: { host: string; address: string; port: number },
): void {
  const reason = policy.refusal(target.address, target.port);
  if (reason !== null) throw new NodeError('HTTP_BLOCKED', { host: target.host, reason });
}

/**
 * A name lookup that fails with HTTP_BLOCKED when any address behind the name is refused. The socket connects to the
 * very addresses that were checked, so a name server cannot answer differently the second time.
 */
export function guardedLookup(policy: AddressPolicy, port: number): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      try {
        for (const { address } of addresses) assertAllowed(policy, { host: hostname, address, port });
      } catch (refused) {
        callback(refused as Error, '', 0);
        return;
      }
      if (options.all) callback(null, addresses);
      else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
    });
  };
}

/** Options of node:tls. */
export function tlsOptions({ certificate, key, passphrase, authorities }: ClientCertificate) {
  return {
    cert: certificate,
    key,
    ...(passphrase && { passphrase }),
    ...(authorities && { ca: authorities }),
  };
}

/** Opens connections to allowed addresses only. */
export function guardedConnector(
  policy: AddressPolicy,
  tls: { ignoreErrors: boolean; clientCertificate?: ClientCertificate },
): buildConnector.connector {
  // The lookup of node:net is not told the port, and the policy asks for it: one connector per port.
  const byPort = new Map<number, buildConnector.connector>();
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    try {
      if (isIP(options.hostname))
        assertAllowed(policy, { host: options.hostname, address: options.hostname, port });
    } catch (refused) {
      callback(refused as Error, null);
      return;
    }
    let connector = byPort.get(port);
    if (!connector) {
      connector = buildConnector({
        timeout: CONNECT_TIMEOUT_MS,
        allowH2: false,
        rejectUnauthorized: !tls.ignoreErrors,
        ...(tls.clientCertificate && tlsOptions(tls.clientCertificate)),
        lookup: guardedLookup(policy, port),
      } as buildConnector.BuildOptions);
      byPort.set(port, connector);
    }
    connector(options, callback);
  };
}
