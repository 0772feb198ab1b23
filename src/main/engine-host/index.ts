import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeError, pickLocale } from '../../contract/index.ts';
import { createApp } from '../../engine/app.ts';
import { isEngineError, readConfig, type ConfigOverrides } from '../../engine/kernel/index.ts';
import type { ToEngine } from '../engine-channel/index.ts';
import { EngineHost, type AskKey, type HostedEngine } from './engine-host.ts';

/** Where a data folder that was first opened without a keychain keeps its key. */
const KEY_FILE = 'encryption.key';

const host = new EngineHost({
  send: (message, sent) => process.send?.(message, undefined, undefined, sent) ?? false,
  startEngine,
  describeRefusal(error, locale) {
    if (!isEngineError(error) || error.retryable) return null;
    return { code: error.code, message: describeError(error.code, error.facts, pickLocale(locale)) };
  },
  exit: (code) => process.exit(code),
});

process.on('message', (message) => host.receive(message as ToEngine));
// Without its main process nobody would ever stop this one.
process.on('disconnect', () => void host.stop());
// The desktop decides when the engine stops, also when a terminal's Ctrl+C reaches both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

async function startEngine(locale: string, askKey: AskKey): Promise<HostedEngine> {
  const overrides: ConfigOverrides = { locale: pickLocale(locale) };
  const { dataDir, encryptionKey, databaseUrl } = readConfig(process.env, overrides);
  if (encryptionKey === null) {
    const create = databaseUrl === null && !existsSync(join(dataDir, KEY_FILE));
    const key = await askKey({ dataDir, create });
    if (key !== null) overrides.encryptionKey = key;
  }
  const app = await createApp(readConfig(process.env, overrides), {
    host: 'desktop',
    // The desktop starts an engine that has ended anew.
    restart: () => void host.stop(),
  });
  try {
    await app.start();
  } catch (error) {
    await app.stop();
    throw error;
  }
  return app;
}
