import type { Item, NodeRunSummary } from '../../../contract/index.ts';
import type { Database } from '../database.ts';
import { decodeOutputs, parseOutputs, type StoredOutputs } from '../run-data/outputs.ts';
import type { ExecutionStore } from '../types.ts';
import { latestRuns, parseRuns } from './latest-runs.ts';

const ALL = { offset: 0, limit: Number.MAX_SAFE_INTEGER };

/** Run data in one go, for executions that are taken up again. */
export function createWholeRunQueries(
  database: Database,
  loadPiece: (hash: string) => Promise<Uint8Array>,
): Pick<ExecutionStore, 'wholeRuns' | 'lastItems'> {
  const decode = (stored: StoredOutputs | undefined): Promise<Item[][]> =>
    stored ? decodeOutputs(stored, ALL, loadPiece) : Promise.resolve([]);

  return {
    async wholeRuns(executionId) {
      const rows = await database.read
        .selectFrom('execution_logs')
        .select(['runs', 'outputs'])
        .where('execution_id', '=', executionId)
        .orderBy('batch')
        .execute();
      const stored = new Map<NodeRunSummary, StoredOutputs | undefined>();
      for (const row of rows) {
        const outputs = parseOutputs(row.outputs);
        parseRuns(row.runs).forEach((run, index) => stored.set(run, outputs[index]));
      }
      const runs = latestRuns([...stored.keys()]);
      return Promise.all(runs.map(async (run) => ({ ...run, outputs: await decode(stored.get(run)) })));
    },

    async lastItems(executionId) {
      const rows = await database.read
        .selectFrom('execution_logs')
        .select(['runs', 'outputs'])
        .where('execution_id', '=', executionId)
        .orderBy('batch', 'desc')
        .execute();
      for (const row of rows) {
        const at = parseRuns(row.runs).findLastIndex(
          ({ status, itemCounts }) => status === 'success' && itemCounts.length > 0,
        );
        if (at >= 0) return (await decode(parseOutputs(row.outputs)[at]))[0] ?? [];
      }
      return [];
    },
  };
}
