import { z } from 'zod';

/** The first entry of a backup file: what is in it. */
export const BackupManifest = z.object({
  format: z.literal('guixuflow-backup'),
  formatVersion: z.literal(1),
  /** The program that wrote it. */
  version: z.string(),
  /** UTC milliseconds. */
  createdAt: z.number().int(),
  /** Null where the database is a server's, which has tools of its own. */
  database: z
    .object({ schemaVersion: z.number().int(), bytes: z.number().int(), sha256: z.string() })
    .nullable(),
  files: z.object({ count: z.number().int(), bytes: z.number().int() }),
  includesKey: z.boolean(),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

export const MANIFEST_NAME = 'manifest.json';
export const DATABASE_NAME = 'guixuflow.db';
export const KEY_NAME = 'encryption.key';
export const BLOBS_NAME = 'blobs';
