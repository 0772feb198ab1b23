import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App, type AppOptions } from '../../src/engine/app.ts';
import { readConfig } from '../../src/engine/kernel/index.ts';
import { API_KEY } from './carriers.ts';

export interface TestApp {
  app: App;
  dataDir: string;
  /** Stops the engine and, unless it is wanted again, removes its data folder. */
  stop(options?: { keepData: boolean }): Promise<void>;
}

/** A whole engine on a folder of its own and a free port. */
export async function startTestApp(
  options: { dataDir?: string; env?: Record<string, string>; app?: Partial<AppOptions> } = {},
): Promise<TestApp> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'guixuflow-test-')));
  const env = { GUIXU_API_KEY: API_KEY, GUIXU_LOG_LEVEL: 'silent', ...options.env };
  const app = await createApp(readConfig(env, { dataDir, port: 0 }), { host: 'headless', ...options.app });
  try {
    await app.start();
  } catch (error) {
    await app.stop();
    throw error;
  }
  return {
    app,
    dataDir,
    async stop({ keepData } = { keepData: false }) {
      await app.stop();
      if (!keepData) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
