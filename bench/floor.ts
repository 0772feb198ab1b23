/**
 * The floor everything is compared with: a bare Fastify route that writes one row per request, with one prepared
 * statement and SQLite as we set it (WAL, synchronous=NORMAL), and answers after the commit.
 */
import Database from 'better-sqlite3';
import Fastify from 'fastify';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
const database = new Database(join(folder, 'floor.db'));
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');
database.exec('create table requests (id integer primary key, at integer not null, payload text not null)');
const insert = database.prepare('insert into requests (at, payload) values (?, ?)');

const server = Fastify();
server.post('/echo', (request) => {
  insert.run(Date.now(), JSON.stringify(request.body));
  return request.body;
});
const address = await server.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ url: `${address}/echo` });
process.on('disconnect', () => process.exit(0));
