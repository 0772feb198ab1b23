import Database from 'better-sqlite3';

/**
 * Loaded ahead of the engine (`--import`). Kills the process without a word at the n-th time it comes by a point that
 * the environment names. The points lie in what SQLite is asked to do, so the engine itself knows nothing of them.
 */
const POINTS: Record<string, { statement: RegExp; when: 'before' | 'after' }> = {
  'before-commit': { statement: /^commit$/, when: 'before' },
  'after-commit': { statement: /^commit$/, when: 'after' },
  'in-transaction': { statement: /^insert into execution_logs/, when: 'after' },
  enqueue: { statement: /^insert into workflow_executions/, when: 'after' },
  prune: { statement: /^delete from "?execution_logs/, when: 'before' },
};

const point = POINTS[process.env['CHAOS_POINT'] ?? ''];
let left = Number(process.env['CHAOS_COUNT'] ?? 0);

if (point && left > 0) {
  const proto = Database.prototype as { prepare(sql: string): Statement };
  const prepare = proto.prepare;
  proto.prepare = function (sql) {
    const statement = prepare.call(this, sql);
    if (point.statement.test(sql)) watch(statement, point.when);
    return statement;
  };
}

interface Statement {
  run(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown;
}

function watch(statement: Statement, when: 'before' | 'after'): void {
  for (const name of ['run', 'all'] as const) {
    const original = statement[name].bind(statement);
    statement[name] = (...values) => {
      if (when === 'before') comeBy();
      const result = original(...values);
      if (when === 'after') comeBy();
      return result;
    };
  }
}

function comeBy(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}
