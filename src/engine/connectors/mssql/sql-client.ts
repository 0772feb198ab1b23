import { Request, type Connection } from 'tedious';
import { inTransaction, type Bound, type Row, type SqlClient, type SqlResult } from '../sql/index.ts';
import { changeStatement, POSITION } from './change.ts';
import { readRows } from './read-rows.ts';
import { tableColumns } from './table-columns.ts';
import { readValue, typeOf, type ColumnAbout } from './values.ts';

const STEPS = {
  begin: 'begin transaction',
  commit: 'commit transaction',
  // Some failures have rolled back already.
  rollback: 'if @@trancount > 0 rollback transaction',
};

export interface RowListener {
  /** Rows of a statement begin. */
  result?(): void;
  row(row: Row): void;
  /** A statement has ended that changed or gave so many rows. */
  end?(rowCount: number): void;
}

/** A connection of SQL Server as nodes use it. */
export class MssqlClient implements SqlClient {
  readonly connection: Connection;
  /** Whether rows are still under way, so that nothing else can be asked. */
  isMidway = false;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  async run(bound: Bound): Promise<SqlResult> {
    let rows: Row[] | undefined;
    let isGiven = false;
    let changed = 0;
    await this.send(bound, {
      result() {
        rows = [];
        isGiven = true;
      },
      row: (row) => rows?.push(row),
      end(rowCount) {
        if (!isGiven) rows = undefined;
        isGiven = false;
        changed = rowCount;
      },
    }).done;
    return rows === undefined ? { summary: { rowCount: changed } } : { rows };
  }

  /** The rows of one statement. */
  async rows(bound: Bound): Promise<Row[]> {
    const rows: Row[] = [];
    await this.send(bound, { row: (row) => rows.push(row) }).done;
    return rows;
  }

  /** Values are always bound by the server, never written into the text. `done` settles once the server has answered. */
  send({ sql, values }: Bound, on: RowListener): { request: Request; done: Promise<void> } {
    const finished = Promise.withResolvers<void>();
    let unreadable: Error | undefined;
    const request = new Request(sql, (error) => {
      const cause = error ?? unreadable;
      if (cause === undefined) finished.resolve();
      else finished.reject(cause);
    });
    for (const [index, value] of values.entries())
      request.addParameter(`p${index + 1}`, typeOf(value), value);
    request.on('columnMetadata', () => on.result?.());
    for (const event of ['done', 'doneInProc'] as const)
      request.on(event as 'done', (rowCount) => rowCount !== undefined && on.end?.(rowCount));
    request.on('row', (columns: ReadonlyArray<{ value: unknown; metadata: ColumnAbout }>) => {
      // Thrown in an event it would end the process.
      try {
        if (unreadable === undefined) on.row(rowOf(columns));
      } catch (error) {
        unreadable = error as Error;
      }
    });
    if (values.length === 0) this.connection.execSqlBatch(request);
    else this.connection.execSql(request);
    return { request, done: finished.promise };
  }

  read(bound: Bound): AsyncIterable<Row[]> {
    return readRows(this, bound);
  }

  columns(place: Parameters<SqlClient['columns']>[0]): ReturnType<SqlClient['columns']> {
    return tableColumns(this, place);
  }

  async change(wanted: Parameters<SqlClient['change']>[0]): ReturnType<SqlClient['change']> {
    // Several statements are one change only within a transaction.
    const rows = await inTransaction(this, () => this.rows(changeStatement(wanted)));
    return rows.map(({ [POSITION]: position, ...row }) => ({
      row,
      ...(typeof position === 'number' && { position }),
    }));
  }

  async control(step: keyof typeof STEPS): Promise<void> {
    await this.run({ sql: STEPS[step], values: [] });
  }
}

function rowOf(columns: ReadonlyArray<{ value: unknown; metadata: ColumnAbout }>): Row {
  return Object.fromEntries(
    columns.map(({ value, metadata }) => [metadata.colName, readValue(value, metadata)]),
  );
}
