import { EngineError } from '../kernel/index.ts';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Refuses names that are not ours: a page whose name was re-pointed at this machine (DNS rebinding) counts as same
 * origin for its browser. Beyond loopback our names are not known, but a foreign name gets no cookie there.
 */
export function checkHost(
  hostHeader: string | undefined,
  listening: { host: string; port: number; publicUrl: string | null },
): void {
  if (!isLoopback(listening.host)) return;
  const allowed = ['127.0.0.1', 'localhost', '[::1]', listening.host].map(
    (name) => `${name}:${listening.port}`,
  );
  if (listening.port === 80) allowed.push('127.0.0.1', 'localhost', '[::1]');
  if (listening.publicUrl) allowed.push(new URL(listening.publicUrl).host);
  if (!allowed.includes(hostHeader?.toLowerCase() ?? '')) {
    throw new EngineError('FORBIDDEN', {
      reason: `the name ${hostHeader ?? ''} is not one of this server's`,
    });
  }
}
