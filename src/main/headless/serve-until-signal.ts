import { createApp, type App } from '../../engine/app.ts';
import type { Config } from '../../engine/kernel/index.ts';

/** Serves until SIGINT or SIGTERM, with a new engine where one asks for it, and resolves when everything has stopped. A second signal ends the process at once. */
export async function serveUntilSignal(
  config: Config,
  notices: { started(app: App): void; stopping(): void },
): Promise<void> {
  const signalled = nextSignal().then(() => 'signal' as const);
  let current = config;
  while (
    (await serveOnce(current, signalled, {
      ...notices,
      started(app) {
        // Whoever was connected finds the next engine where this one was.
        if (app.url !== null) current = { ...config, port: Number(new URL(app.url).port) };
        notices.started(app);
      },
    })) === 'restart'
  );
}

async function serveOnce(
  config: Config,
  signalled: Promise<'signal'>,
  notices: { started(app: App): void; stopping(): void },
): Promise<'signal' | 'restart'> {
  const restart = Promise.withResolvers<'restart'>();
  const app = await createApp(config, { host: 'headless', restart: () => restart.resolve('restart') });
  try {
    await app.start();
    notices.started(app);
    const reason = await Promise.race([signalled, restart.promise]);
    if (reason === 'signal') {
      notices.stopping();
      void nextSignal().then(() => process.exit(1));
    }
    return reason;
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
