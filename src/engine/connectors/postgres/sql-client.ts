import type { ClientBase, QueryResult } from 'pg';
import Cursor from 'pg-cursor';
import type { Row, SqlClient } from '../sql/index.ts';
import { changeStatement } from './change.ts';
import { tableColumns } from './table-columns.ts';

/** Rows fetched at a time: as many as an item list keeps together. */
const FETCH = 1000;

/** A connection of PostgreSQL as nodes use it. */
export function sqlClient(client: ClientBase): SqlClient {
  return {
    async run({ sql, values }) {
      // Without bound values the server takes several statements at once.
      const given = (await client.query<Row>(sql, values)) as QueryResult<Row> | Array<QueryResult<Row>>;
      const result = Array.isArray(given) ? given.at(-1) : given;
      if (!result || result.fields.length === 0)
        return { summary: { command: result?.command ?? '', rowCount: result?.rowCount ?? 0 } };
      return { rows: result.rows };
    },
    async *read({ sql, values }) {
      const cursor = client.query(new Cursor<Row>(sql, values));
      try {
        for (;;) {
          const rows = await cursor.read(FETCH);
          if (rows.length === 0) return;
          yield rows;
        }
      } finally {
        await cursor.close();
      }
    },
    columns: (place) => tableColumns(client, place),
    async change(change) {
      const { sql, values } = changeStatement(change);
      const { rows } = await client.query<Row>(sql, values);
      // What was skipped gives no row, and then nobody can say which row is which.
      const isEach = 'rows' in change && rows.length === change.rows.length;
      return rows.map((row, position) => ({ row, ...(isEach && { position }) }));
    },
    async control(step) {
      await client.query(step);
    },
  };
}
