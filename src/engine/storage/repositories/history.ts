import type { Database } from '../database.ts';
import type { BlobStore, HistoryStore, SettingStore } from '../types.ts';
import { doomedExecutions } from './doomed-executions.ts';
import { createPrune, excessOf } from './prune-executions.ts';
import { readUsage } from './storage-usage.ts';
import { createSweep } from './sweep-blobs.ts';

export function createHistoryRepository(
  database: Database,
  { blobs, settings }: { blobs: BlobStore; settings: SettingStore },
): HistoryStore {
  return {
    usage: () => readUsage(database, blobs),
    async preview(limits, now) {
      const sum = { executions: 0, bytes: 0 };
      const excessBytes = await excessOf(database, limits.maxBytes);
      for await (const doomed of doomedExecutions(database.read, limits, { now, excessBytes })) {
        sum.executions += doomed.length;
        for (const { bytes } of doomed) sum.bytes += bytes;
      }
      return sum;
    },
    prune: createPrune(database),
    sweepBlobs: createSweep(database, blobs, settings),
  };
}
