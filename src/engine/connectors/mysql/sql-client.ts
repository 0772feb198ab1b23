import type { FieldPacket, PoolConnection, QueryError, ResultSetHeader } from 'mysql2';
import { RowBatch, type Bound, type Row, type SqlClient, type SqlResult } from '../sql/index.ts';
import { change } from './change.ts';
import { tableColumns } from './table-columns.ts';
import { toParameter } from './values.ts';

/** Rows that the driver reads ahead. */
const AHEAD = 32;

/** What the driver gives for one statement, and for several a list of that. */
type Given = Row[] | ResultSetHeader;
type Fields = FieldPacket[] | undefined;

/** A connection of MySQL as nodes use it. */
export class MysqlClient implements SqlClient {
  readonly connection: PoolConnection;
  /** Whether rows are still under way, so that nothing else can be asked. */
  isMidway = false;

  constructor(connection: PoolConnection) {
    this.connection = connection;
  }

  async run(bound: Bound): Promise<SqlResult> {
    const { given, fields } = await this.ask(bound);
    const result = resultOf(given, fields, bound.sql);
    if (Array.isArray(result)) return { rows: result };
    const { affectedRows = 0, insertId = 0 } = result ?? {};
    return { summary: { rowCount: affectedRows, ...(insertId !== 0 && { insertId }) } };
  }

  /** What one statement did. */
  async write(bound: Bound): Promise<ResultSetHeader> {
    return (await this.ask(bound)).given as ResultSetHeader;
  }

  /** The rows of one statement. */
  async rows(bound: Bound): Promise<Row[]> {
    return (await this.ask(bound)).given as Row[];
  }

  /** The columns of one statement, by whatever protocol names them in full. */
  async fields(sql: string): Promise<FieldPacket[]> {
    return (await this.ask({ sql, values: [] })).fields as FieldPacket[];
  }

  /** Values are always bound by the server, never written into the text. */
  ask({ sql, values }: Bound): Promise<{ given: Given | Given[]; fields: Fields | Fields[] }> {
    return new Promise((resolve, reject) => {
      const done = (error: QueryError | null, given: unknown, fields: unknown) => {
        if (error) reject(error);
        else resolve({ given: given as Given, fields: fields as Fields });
      };
      if (values.length === 0) this.connection.query(sql, done);
      else this.connection.execute(sql, values.map(toParameter), done);
    });
  }

  /** Prepared even without values, since that takes one statement only: a second one could write. */
  async *read({ sql, values }: Bound): AsyncGenerator<Row[], void, undefined> {
    this.isMidway = true;
    const stream = this.connection.execute(sql, values.map(toParameter)).stream({ highWaterMark: AHEAD });
    const batch = new RowBatch();
    try {
      for await (const row of stream as AsyncIterable<Row>) {
        if (batch.add(row)) yield batch.take();
      }
    } catch (error) {
      this.isMidway = false;
      throw error;
    }
    this.isMidway = false;
    if (!batch.isEmpty) yield batch.take();
  }

  columns(place: Parameters<SqlClient['columns']>[0]): ReturnType<SqlClient['columns']> {
    return tableColumns(this, place);
  }

  change(wanted: Parameters<SqlClient['change']>[0]): ReturnType<SqlClient['change']> {
    return change(this, wanted);
  }

  async control(step: 'begin' | 'commit' | 'rollback'): Promise<void> {
    await this.ask({ sql: step, values: [] });
  }
}

/** Of several results the last one; after a procedure's rows comes one more that says nothing. */
function resultOf(given: Given | Given[], fields: Fields | Fields[], sql: string): Given | undefined {
  const isSeveral = Array.isArray(fields) && fields.some((one) => one === undefined || Array.isArray(one));
  if (!isSeveral) return given as Given;
  const results = given as Given[];
  const rows = /^\s*call\b/i.test(sql) ? results.findLast((one) => Array.isArray(one)) : undefined;
  return rows ?? results.at(-1);
}
