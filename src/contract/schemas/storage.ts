import { z } from 'zod';

const limit = (most: number) => z.number().int().min(1).max(most).nullable();

/** How long finished executions are kept; null sets no limit. What breaks any limit goes, the oldest first. */
export const RetentionSettings = z.object({
  /** Days since the execution ended. */
  maxAgeDays: limit(36_500),
  maxPerWorkflow: limit(100_000_000),
  maxTotal: limit(100_000_000),
  /** Bytes of the database and of the files that executions refer to. */
  maxBytes: z
    .number()
    .int()
    .min(10 * 1024 ** 2)
    .nullable(),
});
export type RetentionSettings = z.infer<typeof RetentionSettings>;

/** Executions kept until someone says otherwise: the disk must not fill up by itself. */
export const DEFAULT_RETENTION: RetentionSettings = {
  maxAgeDays: null,
  maxPerWorkflow: null,
  maxTotal: null,
  maxBytes: 10 * 1024 ** 3,
};

/** What a clean-up did, or does. */
export const PruneProgress = z.object({
  /** `paused`: another program reads the database, and its log must not grow; goes on by itself. */
  state: z.enum(['idle', 'running', 'paused']),
  executions: z.number().int(),
  bytes: z.number().int(),
  files: z.number().int(),
  /** UTC milliseconds; null before the first one. */
  startedAt: z.number().int().nullable(),
  finishedAt: z.number().int().nullable(),
});
export type PruneProgress = z.infer<typeof PruneProgress>;

/** What uses the space, in bytes. */
export const StorageUsage = z.object({
  executions: z.number().int(),
  oldestStartedAt: z.number().int().nullable(),
  /** Items and logs of node runs, as stored. */
  runData: z.number().int(),
  /** Workflows and the versions that ran. */
  documents: z.number().int(),
  /** The rest of the database: rows of executions, indexes, settings. */
  rows: z.number().int(),
  /** Room in the database file that is used again, or given back. */
  free: z.number().int(),
  /** The write-ahead log of SQLite. */
  log: z.number().int(),
  files: z.object({ count: z.number().int(), bytes: z.number().int() }),
  /** Those with the most run data first. */
  workflows: z.array(
    z.object({
      id: z.string().nullable(),
      name: z.string(),
      executions: z.number().int(),
      bytes: z.number().int(),
    }),
  ),
});
export type StorageUsage = z.infer<typeof StorageUsage>;

/** What a call that sends a backup to `/restore` is answered. */
export const RestoreAnswer = z.object({
  /** UTC milliseconds. */
  createdAt: z.number().int(),
  /** The engine starts anew by itself; otherwise the backup is in place after its next start. */
  restarts: z.boolean(),
});
export type RestoreAnswer = z.infer<typeof RestoreAnswer>;
