import { DEFAULT_RETENTION, RetentionSettings, type PruneProgress } from '../../contract/index.ts';
import type { Clock, Logger } from '../kernel/index.ts';
import type { HistoryStore, SettingStore } from '../storage/index.ts';

const SETTINGS_KEY = 'retention';
const PAUSE_MS = 60_000;
/** Files go with a clean-up that removed executions, and now and then without one. */
const SWEEP_MS = 6 * 60 * 60 * 1000;
/** A file may be written long before what refers to it is stored, as when an execution keeps its data to itself. */
const BLOB_GRACE_MS = 24 * 60 * 60 * 1000;

/** Keeps history within its limits: a clean-up every minute, in small steps beside the engine's work. */
export interface RetentionService {
  settings(): Promise<RetentionSettings>;
  setSettings(settings: RetentionSettings): Promise<RetentionSettings>;
  /** What these settings would remove now; bytes are an estimate. */
  preview(settings: RetentionSettings): Promise<{ executions: number; bytes: number }>;
  /** Begins a clean-up, unless one runs. */
  prune(): PruneProgress;
  progress(): PruneProgress;
  /** No file is removed while `work` goes on, as a backup that copies them needs. */
  keepFiles<T>(work: () => Promise<T>): Promise<T>;
  /** Begins to look every minute. */
  start(): void;
  /** Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

export function createRetention(services: {
  history: HistoryStore;
  settings: SettingStore;
  clock: Clock;
  logger: Logger;
}): RetentionService {
  const { history, clock } = services;
  const stopping = new AbortController();
  let progress: PruneProgress = {
    state: 'idle',
    executions: 0,
    bytes: 0,
    files: 0,
    startedAt: null,
    finishedAt: null,
  };
  let running: Promise<void> | null = null;
  let cancelTimer = () => {};
  let sweptAt = -Infinity;
  let sweeping: Promise<number> = Promise.resolve(0);
  /** Those who need all files to stay, and what stops a sweep for their sake. */
  let keepers = 0;
  let keeping = new AbortController();

  async function readSettings(): Promise<RetentionSettings> {
    const stored = RetentionSettings.safeParse(await services.settings.get(SETTINGS_KEY));
    return stored.success ? stored.data : DEFAULT_RETENTION;
  }

  async function cleanUp(): Promise<void> {
    const { signal } = stopping;
    const settings = await readSettings();
    let removed = false;
    const outcome = await history.prune(settings, {
      now: clock.now(),
      signal,
      onBatch({ executions, bytes }) {
        removed ||= executions > 0;
        progress = {
          ...progress,
          executions: progress.executions + executions,
          bytes: progress.bytes + bytes,
        };
      },
    });
    if (outcome === 'paused') progress = { ...progress, state: 'paused' };
    if (keepers === 0 && (removed || clock.now() - sweptAt >= SWEEP_MS)) {
      sweeping = history.sweepBlobs({
        before: clock.now() - BLOB_GRACE_MS,
        signal: AbortSignal.any([signal, keeping.signal]),
      });
      const files = await sweeping;
      sweptAt = clock.now();
      progress = { ...progress, files: progress.files + files };
    }
  }

  function begin(): PruneProgress {
    if (running || stopping.signal.aborted) return progress;
    progress = {
      state: 'running',
      executions: 0,
      bytes: 0,
      files: 0,
      startedAt: clock.now(),
      finishedAt: null,
    };
    running = cleanUp()
      .catch((error: unknown) => {
        if (!stopping.signal.aborted && keepers === 0)
          services.logger.error({ err: error }, 'A clean-up of the history did not come to its end');
      })
      .then(() => {
        running = null;
        progress = {
          ...progress,
          state: progress.state === 'paused' ? 'paused' : 'idle',
          finishedAt: clock.now(),
        };
      });
    return progress;
  }

  function arm(): void {
    cancelTimer = clock.schedule(PAUSE_MS, () => {
      begin();
      void running?.then(() => {
        if (!stopping.signal.aborted) arm();
      });
    });
  }

  return {
    settings: readSettings,
    async setSettings(settings) {
      await services.settings.set(SETTINGS_KEY, settings);
      return settings;
    },
    preview: (settings) => history.preview(settings, clock.now()),
    prune: begin,
    progress: () => progress,
    async keepFiles(work) {
      keepers += 1;
      keeping.abort();
      await sweeping.catch(() => undefined);
      try {
        return await work();
      } finally {
        keepers -= 1;
        if (keepers === 0) keeping = new AbortController();
      }
    },
    start: arm,
    async stop() {
      stopping.abort();
      cancelTimer();
      await running;
    },
  };
}
