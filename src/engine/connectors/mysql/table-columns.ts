import mysql, { type FieldPacket } from 'mysql2';
import { Statement, type ColumnKind, type TableColumns, type TablePlace } from '../sql/index.ts';
import { mysqlDialect } from './dialect.ts';
import type { MysqlClient } from './sql-client.ts';

/** Bits of the flags of a column, in the protocol. */
const PRIMARY_KEY = 2;
const AUTO_INCREMENT = 512;

/** What is known of a table by what its columns are told to be. */
export interface TableShape {
  columns: TableColumns;
  /** Columns of the primary key. */
  key: string[];
  /** The column that the server counts up. */
  counted: string | undefined;
}

/** Throws as the server does where there is no such table. */
export async function tableShape(client: MysqlClient, place: TablePlace): Promise<TableShape> {
  const statement = new Statement(mysqlDialect, 'select * from ');
  const fields = await client.fields(statement.add(`${statement.table(place)} limit 0`).sql);
  const having = (flag: number) => fields.filter(({ flags }) => (Number(flags) & flag) !== 0);
  return {
    columns: new Map(fields.map((field) => [field.name, kindOf(field)])),
    key: having(PRIMARY_KEY).map(({ name }) => name),
    counted: having(AUTO_INCREMENT)[0]?.name,
  };
}

export async function tableColumns(client: MysqlClient, place: TablePlace): Promise<TableColumns> {
  return (await tableShape(client, place)).columns;
}

/** MariaDB keeps JSON in texts, and says so beside their type. */
function kindOf({ columnType, extendedFormat }: FieldPacket): ColumnKind {
  const { JSON: json, TIMESTAMP, DATETIME, BIT } = mysql.Types;
  if (columnType === json || extendedFormat === 'json') return 'json';
  if (columnType === BIT) return 'bits';
  return columnType === TIMESTAMP || columnType === DATETIME ? 'moment' : 'other';
}
