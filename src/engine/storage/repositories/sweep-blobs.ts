import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { findBlobs } from '../run-data/blob-ids.ts';
import { parseOutputs, unpackPiece } from '../run-data/outputs.ts';
import { toBlobRows } from '../run-data/prepare-write.ts';
import type { Tables } from '../tables.ts';
import type { BlobStore, HistoryStore, SettingStore } from '../types.ts';

/** How far the executions from before references were recorded have been read. */
const PROGRESS_KEY = 'blob-references';
const Progress = z.union([z.object({ after: z.string() }), z.object({ isDone: z.literal(true) })]);
const CHUNK = 50;
/** References looked up with one statement. */
const LOOKUP = 400;

/** See `HistoryStore.sweepBlobs`. */
export function createSweep(
  database: Database,
  blobs: BlobStore,
  settings: SettingStore,
): HistoryStore['sweepBlobs'] {
  const { read } = database;

  return async ({ before, signal }) => {
    await recordOldReferences(signal);
    let removed = 0;
    let kept: ReadonlySet<string> | undefined;
    for await (const files of blobs.list()) {
      signal.throwIfAborted();
      const old = files.filter(({ writtenAt }) => writtenAt < before).map(({ blobId }) => blobId);
      for (let start = 0; start < old.length; start += LOOKUP) {
        const some = old.slice(start, start + LOOKUP);
        const used = await read
          .selectFrom('blob_references')
          .select('blob_id')
          .distinct()
          .where('blob_id', 'in', some)
          .execute();
        const isUsed = new Set(used.map(({ blob_id }) => blob_id));
        for (const blobId of some) {
          if (isUsed.has(blobId)) continue;
          kept ??= await keptElsewhere(read);
          if (!kept.has(blobId) && (await blobs.remove(blobId, before))) removed += 1;
        }
      }
    }
    return removed;
  };

  /** Executions stored by earlier versions: their data is read once, so that nothing they need is taken for unused. */
  async function recordOldReferences(signal: AbortSignal): Promise<void> {
    const stored = Progress.safeParse(await settings.get(PROGRESS_KEY));
    let progress = stored.success ? stored.data : { after: '' };
    if ('isDone' in progress) return;
    const { applied_at: recordedSince } = await read
      .selectFrom('schema_migrations')
      .select('applied_at')
      .where('name', '=', 'retention')
      .executeTakeFirstOrThrow();
    for (;;) {
      signal.throwIfAborted();
      const executions = await read
        .selectFrom('workflow_executions')
        .select('id')
        .where('id', '>', progress.after)
        .where('started_at', '<=', recordedSince)
        .orderBy('id')
        .limit(CHUNK)
        .execute();
      for (const { id } of executions) await recordReferencesOf(id);
      const last = executions.at(-1);
      if (!last) break;
      progress = { after: last.id };
      await settings.set(PROGRESS_KEY, progress);
    }
    await settings.set(PROGRESS_KEY, { isDone: true });
  }

  async function recordReferencesOf(executionId: string): Promise<void> {
    const logs = await read
      .selectFrom('execution_logs')
      .select('outputs')
      .where('execution_id', '=', executionId)
      .execute();
    const found = new Map<string, number>();
    const note = (text: string) => {
      for (const { blobId, size } of findBlobs(text)) found.set(blobId, size);
    };
    for (const { outputs } of logs) {
      note(outputs);
      if (!outputs.includes('"pieces"')) continue;
      for (const stored of parseOutputs(outputs)) {
        if (!('pieces' in stored)) continue;
        for (const [hash] of stored.pieces.flat()) {
          const piece = await read
            .selectFrom('run_data')
            .select('content')
            .where('hash', '=', hash)
            .executeTakeFirst();
          if (piece) note(await unpackPiece(piece.content));
        }
      }
    }
    if (found.size === 0) return;
    const rows = toBlobRows(
      executionId,
      [...found].map(([blobId, size]) => ({ blobId, size })),
    );
    await database.atomically((db) =>
      db
        .insertInto('blob_references')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
  }
}

/** What drafts, versions, waits and kept data refer to: few, and looked through anew every time. */
async function keptElsewhere(read: Kysely<Tables>): Promise<Set<string>> {
  const kept = new Set<string>();
  const note = (texts: ReadonlyArray<{ text: string }>) => {
    for (const { text } of texts) for (const { blobId } of findBlobs(text)) kept.add(blobId);
  };
  const mention = '%blobId%';
  note(
    await read
      .selectFrom('workflows')
      .select('document as text')
      .where('document', 'like', mention)
      .execute(),
  );
  note(
    await read
      .selectFrom('workflow_documents')
      .select('content as text')
      .where('content', 'like', mention)
      .execute(),
  );
  note(
    await read
      .selectFrom('checkpoints')
      .select('snapshot as text')
      .where('snapshot', 'like', mention)
      .execute(),
  );
  const units = await read
    .selectFrom('effect_units')
    .select('result')
    .where('result', 'like', mention)
    .execute();
  note(units.map(({ result }) => ({ text: result ?? '' })));
  note(await read.selectFrom('kept_data').select('value as text').where('value', 'like', mention).execute());
  return kept;
}
