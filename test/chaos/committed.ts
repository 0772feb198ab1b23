import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

const Run = z.object({
  nodeId: z.string(),
  runIndex: z.number(),
  status: z.string(),
  sources: z.array(z.unknown()),
});
const Open = z.object({ nodeId: z.string(), runIndex: z.number(), unsafe: z.boolean().optional() });
const Snapshot = z.object({ open: z.array(Open) });

/** What a process that was killed had committed of effects. */
export interface Committed {
  /** Runs whose result is stored, as `node/execution/run`. */
  runs: Set<string>;
  /** Units whose result is stored, as `node/execution/run/item`. */
  units: Set<string>;
  /** Runs that were announced as unsafe and are not over. */
  unsafe: Set<string>;
}

/** Reads the database of an engine that does not run. */
export function readCommitted(dataDir: string): Committed {
  const db = new Database(join(dataDir, 'guixuflow.db'), { readonly: true });
  const committed: Committed = { runs: new Set(), units: new Set(), unsafe: new Set() };
  try {
    for (const { execution_id, runs } of db
      .prepare('select execution_id, runs from execution_logs order by batch')
      .all() as Array<{ execution_id: string; runs: string }>) {
      for (const run of z.array(Run).parse(JSON.parse(runs)))
        if (run.status === 'success') committed.runs.add(`${run.nodeId}/${execution_id}/${run.runIndex}`);
    }
    for (const row of db.prepare('select * from effect_units where result is not null').all() as Array<{
      execution_id: string;
      node_id: string;
      run_index: number;
      unit: number;
    }>)
      committed.units.add(`${row.node_id}/${row.execution_id}/${row.run_index}/${row.unit}`);
    for (const { execution_id, snapshot } of db
      .prepare(
        `select execution_id, snapshot from checkpoints join workflow_executions on id = execution_id
         where finished_at is null`,
      )
      .all() as Array<{ execution_id: string; snapshot: string }>) {
      for (const { nodeId, runIndex, unsafe } of Snapshot.parse(JSON.parse(snapshot)).open)
        if (unsafe) committed.unsafe.add(`${nodeId}/${execution_id}/${runIndex}`);
    }
  } finally {
    db.close();
  }
  return committed;
}

/** Whether the result of that unit is stored, by itself or with its run. */
export function isCommitted({ runs, units }: Committed, unit: string): boolean {
  return units.has(unit) || runs.has(unit.slice(0, unit.lastIndexOf('/')));
}
