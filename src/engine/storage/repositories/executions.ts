import { WorkflowDocument } from '../../../contract/index.ts';
import { EngineError } from '../../kernel/index.ts';
import type { Database } from '../database.ts';
import { DocumentHashes } from '../document-hashes.ts';
import { GroupCommit } from '../group-commit.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { decodeOutputs, parseOutputs, type Piece } from '../run-data/outputs.ts';
import { prepareLarge, prepareSmall, toBlobRows } from '../run-data/prepare-write.ts';
import type { PreparedWrite } from '../run-data/prepared-write.ts';
import { Weights } from '../run-data/weights.ts';
import type { ExecutionStore, ExecutionWrite } from '../types.ts';
import { deleteExecutions } from './execution-removal.ts';
import { conditions, toSummary } from './execution-rows.ts';
import { searchExecutions } from './execution-search.ts';
import { createWaitQueries } from './waits.ts';
import { latestRuns, parseRuns } from './latest-runs.ts';
import { createRecoveryQueries } from './recovery.ts';
import { createWholeRunQueries } from './whole-runs.ts';

export interface ExecutionRepository extends ExecutionStore {
  /** Resolves when everything that was handed in is committed or refused. */
  drained(): Promise<void>;
}

export function createExecutionRepository(database: Database): ExecutionRepository {
  const documents = new DocumentHashes();
  const weights = new Weights();
  const group = new GroupCommit(database);
  /** Executions with a write whose outputs are still being compressed; later writes of theirs queue up behind it. */
  const encoding = new Map<string, Promise<void>>();

  const storePiece = (executionId: string) => (piece: Piece) => {
    weights.add(executionId, piece.content.byteLength);
    return group.add({ ...nothing(executionId), piece, blobs: toBlobRows(executionId, piece.blobs) });
  };

  function commitLater(write: ExecutionWrite, before: Promise<void> | undefined): Promise<void> {
    const { executionId } = write;
    const added = (before ?? Promise.resolve()).then(async () => {
      if (write.discard) {
        weights.take(executionId);
        await group.drained();
        return {
          committed: deleteExecutions(database, [executionId], { finishedOnly: false }).then(() => undefined),
        };
      }
      const prepared = await prepareLarge(write, { documents, weights }, storePiece(executionId));
      // Wrapped, because the next write waits until this one is queued, not until it is committed.
      return { committed: group.add(prepared) };
    });
    const settled = added.then(
      () => undefined,
      () => undefined,
    );
    encoding.set(executionId, settled);
    void settled.then(() => {
      if (encoding.get(executionId) === settled) encoding.delete(executionId);
    });
    return added.then(({ committed }) => committed);
  }

  return {
    commit(write) {
      // Begun and discarded in one step: there is nothing to store.
      if (write.discard && write.insert) return Promise.resolve();
      const before = encoding.get(write.executionId);
      if (!before && !write.discard) {
        const prepared = prepareSmall(write, documents, weights);
        if (prepared) return group.add(prepared);
      }
      return commitLater(write, before);
    },

    async list(query) {
      const cursor = query.cursor === undefined ? null : decodeCursor(query.cursor);
      const found = database.read
        .selectFrom('workflow_executions')
        .where((eb) => eb.and(conditions(eb, query)));
      const [rows, counted] = await Promise.all([
        found
          .selectAll()
          .$if(cursor !== null, (select) => select.where('id', '<', cursor?.[1] ?? ''))
          .orderBy('id', 'desc')
          .limit(query.limit + 1)
          .execute(),
        found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
      ]);
      return toPage(rows, {
        limit: query.limit,
        total: Number(counted.total),
        toItem: toSummary,
        cursorOf: (row) => [row.id, row.id],
      });
    },

    search: (query, signal) => searchExecutions(database.read, query, { loadPiece, signal }),

    async get(id) {
      const row = await database.read
        .selectFrom('workflow_executions as execution')
        .innerJoin('workflow_documents as document', 'document.hash', 'execution.document_hash')
        .selectAll('execution')
        .select('document.content')
        .where('execution.id', '=', id)
        .executeTakeFirst();
      if (!row) return null;
      return {
        ...toSummary(row),
        bootId: row.boot_id,
        document: WorkflowDocument.parse(JSON.parse(row.content)),
      };
    },

    async nodeRuns(executionId) {
      const rows = await database.read
        .selectFrom('execution_logs')
        .select('runs')
        .where('execution_id', '=', executionId)
        .orderBy('batch')
        .execute();
      return latestRuns(rows.flatMap(({ runs }) => parseRuns(runs)));
    },

    async outputs({ executionId, nodeId, runIndex, offset = 0, limit = Number.MAX_SAFE_INTEGER }) {
      const rows = await database.read
        .selectFrom('execution_logs')
        .select(['runs', 'outputs'])
        .where('execution_id', '=', executionId)
        .orderBy('batch', 'desc')
        .execute();
      for (const row of rows) {
        const at = parseRuns(row.runs).findLastIndex(
          (run) => run.nodeId === nodeId && run.runIndex === runIndex,
        );
        const stored = at < 0 ? undefined : parseOutputs(row.outputs)[at];
        if (stored) return decodeOutputs(stored, { offset, limit }, loadPiece);
      }
      return null;
    },

    delete: (ids) => deleteExecutions(database, ids, { finishedOnly: true }),
    ...createWaitQueries(database),
    ...createRecoveryQueries(database),
    ...createWholeRunQueries(database, loadPiece),

    async drained() {
      await Promise.all(encoding.values());
      await group.drained();
    },
  };

  async function loadPiece(hash: string): Promise<Uint8Array> {
    const row = await database.read
      .selectFrom('run_data')
      .select('content')
      .where('hash', '=', hash)
      .executeTakeFirst();
    if (!row) throw new EngineError('INTERNAL', { reason: `run data ${hash} is missing` });
    return row.content;
  }
}

function nothing(executionId: string): PreparedWrite {
  return {
    executionId,
    execution: null,
    document: null,
    logs: [],
    change: null,
    hasProgressed: false,
    units: [],
    closedUnits: [],
    kept: [],
    decided: [],
    piece: null,
  };
}
