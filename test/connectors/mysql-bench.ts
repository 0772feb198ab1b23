import mysqlDriver, { type Connection, type RowDataPacket } from 'mysql2/promise';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Item } from '../../src/contract/index.ts';
import type { OpenConnections } from '../../src/engine/connections/index.ts';
import { mysqlCredential } from '../../src/engine/connectors/mysql/mysql-credential.ts';
import { items, runNode, type RunNodeOptions } from '../../src/engine/node-kit/test-harness.ts';
import { mysql } from '../../src/engine/nodes/database/mysql/mysql.node.ts';
import { openConnections, tryCredential } from './connection-bench.ts';
import { startCuttableProxy } from './cuttable-proxy.ts';

/** A database of its own on the server, its tables new for each test, and what the tests of the node do there. Hooks into the suite around it. */
export function mysqlBench(url: string, name: string) {
  const database = `guixu_test_${process.pid}_${name}`;
  let admin: Connection;
  let data: Record<string, string>;
  let connections: OpenConnections;

  beforeAll(async () => {
    const { hostname, port, username, password } = new URL(url);
    data = {
      host: hostname,
      port,
      database,
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      tls: 'off',
    };
    admin = await mysqlDriver.createConnection({ uri: url, multipleStatements: true });
    await admin.query(`create database ${database} character set utf8mb4; use ${database}`);
  });
  afterAll(async () => {
    await admin.query(`drop database ${database}`);
    await admin.end();
  });
  beforeEach(async () => {
    connections = openConnections();
    await admin.query(
      `create table orders (id int primary key, name varchar(200), total decimal(20,2), big bigint unsigned, extra json,
        at timestamp(6) null, plain datetime(3), day date, span time, photo longblob, open bit(1), mask bit(64),
        single float, code char(3) unique, twice int generated always as (id * 2) stored);
       create table counted (id bigint auto_increment primary key, name varchar(20) unique, note text default 'new')`,
    );
  });
  afterEach(async () => {
    await connections.close();
    await admin.query('drop table orders, counted');
  });

  const run = (parameters: Record<string, unknown>, options: RunNodeOptions = {}) =>
    runNode(mysql, {
      items: items({}),
      connections,
      credentials: { database: { type: 'mysql', data } },
      ...options,
      parameters: { table: 'orders', ...parameters },
    });
  const jsonOf = (result: { ports: Item[][] }) => result.ports[0]?.map(({ json }) => json);
  const ask = async (sql: string) => (await admin.query<RowDataPacket[]>(sql))[0];
  const count = async (table = 'orders') => Number((await ask(`select count(*) n from ${table}`))[0]?.['n']);
  const isRunning = async (mark: string) =>
    (
      await ask(
        `select 1 from information_schema.processlist where info like '%${mark}%' and id <> connection_id()`,
      )
    ).length > 0;
  const pieces = (...values: unknown[]): Pick<RunNodeOptions, 'pieces'> => ({
    pieces: (text) =>
      Promise.resolve(
        text
          .split(/\{\{(\d)\}\}/)
          .map((part, index) => (index % 2 === 0 ? { text: part } : { value: values[Number(part)] })),
      ),
  });
  /** Between the node and the server, to be cut and looked into. */
  const startProxy = async () => {
    const proxy = await startCuttableProxy(Number(data['port']), data['host']);
    const through = { ...data, host: '127.0.0.1', port: String(proxy.port) };
    return { ...proxy, credentials: { database: { type: 'mysql', data: through } } };
  };
  const killAll = async (mark: string) => {
    const those = `info like '%${mark}%' and id <> connection_id()`;
    for (const { id } of await ask(`select id from information_schema.processlist where ${those}`))
      await admin.query(`kill ${Number(id)}`);
  };
  const test = (change: Record<string, string> = {}) =>
    tryCredential(mysqlCredential, { ...data, ...change }, connections);
  return {
    database,
    run,
    jsonOf,
    ask,
    count,
    isRunning,
    pieces,
    startProxy,
    killAll,
    test,
    get admin() {
      return admin;
    },
    get connections() {
      return connections;
    },
    get data() {
      return data;
    },
  };
}
