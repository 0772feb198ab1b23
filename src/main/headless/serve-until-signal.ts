import { createApp, type App } from '../../engine/app.ts';
import type { Config } from '../../engine/kernel/index.ts';

/** Serves until SIGINT or SIGTERM and resolves when everything has stopped. A second signal ends the process at once. */
export async function serveUntilSignal(
  config: Config,
  notices: { started(app: App): void; stopping(): void },
): Promise<void> {
  const signalled = nextSignal();
  const app = await createApp(config, { host: 'headless' });
  try {
    await app.start();
    notices.started(app);
    await signalled;
    notices.stopping();
    void nextSignal().then(() => process.exit(1));
  } finally {
    await app.stop();
  }
}

function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    const onSignal = () => {
      for (const signal of signals) process.off(signal, onSignal);
      resolve();
    };
    for (const signal of signals) process.on(signal, onSignal);
  });
}
