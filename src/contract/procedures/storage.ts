import { oc } from '@orpc/contract';
import { z } from 'zod';
import { PruneProgress, RetentionSettings, StorageUsage } from '../schemas/storage.ts';

const tags = ['Storage'];

export const storageProcedures = {
  usage: oc.route({ method: 'GET', path: '/storage', tags }).output(StorageUsage),
  retention: oc.route({ method: 'GET', path: '/storage/retention', tags }).output(RetentionSettings),
  /** Takes effect with the next clean-up, within a minute. */
  setRetention: oc
    .route({ method: 'PUT', path: '/storage/retention', tags })
    .input(RetentionSettings)
    .output(RetentionSettings),
  /** What a clean-up with these settings would remove now; bytes are an estimate. */
  preview: oc
    .route({ method: 'POST', path: '/storage/preview', tags })
    .input(RetentionSettings)
    .output(z.object({ executions: z.number().int(), bytes: z.number().int() })),
  /** Begins a clean-up with the stored settings, or finds it running; `progress` tells how it goes. */
  prune: oc.route({ method: 'POST', path: '/storage/prune', tags }).output(PruneProgress),
  progress: oc.route({ method: 'GET', path: '/storage/prune', tags }).output(PruneProgress),
};
