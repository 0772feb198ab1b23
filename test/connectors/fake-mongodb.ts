import { createServer, type Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';

const HEADER_BYTES = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

export interface FakeMongodb {
  port: number;
  /** Commands in the order of arrival, without those the driver sends for itself. */
  commands: Document[];
  /** By the names of collections. */
  documents: Map<string, Document[]>;
  /** Answers sign-ins and commands with this failure from now on. */
  fail?: { code: number; errmsg: string } | undefined;
  /** Ends the connection on which the next command comes, instead of an answer. */
  dropNext: boolean;
  close(): Promise<void>;
}

/**
 * Speaks the wire protocol of MongoDB (OP_MSG) as its documentation tells, over documents in memory. It knows filters
 * of equal values only: what is tested with it is the connector, not a database.
 */
export async function startFakeMongodb(): Promise<FakeMongodb> {
  const sockets = new Set<Socket>();
  const fake: FakeMongodb = {
    port: 0,
    commands: [],
    documents: new Map(),
    dropNext: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  const cursors = new Map<number, Document[]>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 4 && pending.length >= pending.readInt32LE(0)) {
        const message = pending.subarray(0, pending.readInt32LE(0));
        pending = pending.subarray(message.length);
        const { id, isQuery, command } = readMessage(message);
        const reply = answer(fake, cursors, command);
        if (fake.dropNext && fake.commands.at(-1) === command) {
          fake.dropNext = false;
          socket.destroy();
          return;
        }
        socket.write(writeMessage(id, isQuery, reply));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  fake.port = (server.address() as { port: number }).port;
  return fake;
}

function readMessage(message: Buffer): { id: number; isQuery: boolean; command: Document } {
  const id = message.readInt32LE(4);
  if (message.readInt32LE(12) === OP_QUERY) {
    const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
    return { id, isQuery: true, command: BSON.deserialize(message.subarray(nameEnd + 9)) };
  }
  let command: Document = {};
  for (let at = HEADER_BYTES + 4; at < message.length;) {
    const kind = message[at++];
    const size = message.readInt32LE(at);
    const section = message.subarray(at, at + size);
    at += size;
    if (kind === 0) command = { ...BSON.deserialize(section, { promoteLongs: false }), ...command };
    else {
      const nameEnd = section.indexOf(0, 4);
      const list: Document[] = [];
      for (let from = nameEnd + 1; from < section.length; from += section.readInt32LE(from))
        list.push(
          BSON.deserialize(section.subarray(from, from + section.readInt32LE(from)), { promoteLongs: false }),
        );
      command[section.subarray(4, nameEnd).toString()] = list;
    }
  }
  return { id, isQuery: false, command };
}

function writeMessage(to: number, isQuery: boolean, reply: Document): Buffer {
  const body = Buffer.from(BSON.serialize(reply));
  const middle = isQuery ? Buffer.alloc(20) : Buffer.alloc(5);
  if (isQuery) middle.writeInt32LE(1, 16);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + middle.length + body.length, 0);
  header.writeInt32LE(to, 8);
  header.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, middle, body]);
}

function answer(fake: FakeMongodb, cursors: Map<number, Document[]>, command: Document): Document {
  if (command['hello'] || command['ismaster'] || command['isMaster'])
    return {
      ok: 1,
      isWritablePrimary: true,
      ismaster: true,
      helloOk: true,
      maxWireVersion: 25,
      minWireVersion: 0,
    };
  if (command['endSessions'] || command['killCursors']) return { ok: 1 };
  fake.commands.push(command);
  if (fake.fail) return { ok: 0, ...fake.fail };
  const [name = ''] = Object.keys(command);
  const stored = fake.documents.get(String(command[name])) ?? [];
  const fits = (filter: Document) => (document: Document) =>
    Object.entries(filter).every(
      ([key, value]) => BSON.EJSON.stringify(document[key]) === BSON.EJSON.stringify(value),
    );
  switch (name) {
    case 'ping':
      return { ok: 1 };
    case 'find':
    case 'aggregate': {
      const found = name === 'find' ? stored.filter(fits(command['filter'] as Document)) : stored;
      // Some at a time, as a server does.
      cursors.set(7, found.slice(101));
      const isMore = found.length > 101;
      const id = BSON.Long.fromNumber(isMore ? 7 : 0);
      return { ok: 1, cursor: { id, ns: `test.${String(command[name])}`, firstBatch: found.slice(0, 101) } };
    }
    case 'getMore':
      return {
        ok: 1,
        cursor: { id: BSON.Long.ZERO, ns: 'test.x', nextBatch: cursors.get(7) ?? [] },
      };
    case 'insert': {
      const added = command['documents'] as Document[];
      if (added.some(({ _id }) => stored.some((document) => fits({ _id })(document))))
        return {
          ...{ ok: 1, n: 0 },
          writeErrors: [{ index: 0, code: 11_000, keyPattern: { _id: 1 }, errmsg: 'E11000 duplicate key' }],
        };
      fake.documents.set(String(command['insert']), [...stored, ...added]);
      return { ok: 1, n: added.length };
    }
    case 'update':
      return { ok: 1, n: 1, nModified: 1 };
    case 'delete': {
      const [{ q = {} } = {}] = command['deletes'] as Document[];
      const left = stored.filter((document) => !fits(q as Document)(document));
      fake.documents.set(String(command['delete']), left);
      return { ok: 1, n: stored.length - left.length };
    }
    default:
      return { ok: 0, code: 59, errmsg: `no such command: '${name}'` };
  }
}
