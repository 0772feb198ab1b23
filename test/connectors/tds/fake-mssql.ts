import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { acceptTls } from './accept-tls.ts';
import { readBatch, readCall, readSignIn, type Asked, type SignIn } from './requests.ts';
import {
  answer,
  ATTENTION,
  done,
  failure,
  loginAcknowledged,
  transactionChanged,
  type Reply,
} from './tokens.ts';

const BATCH = 1;
const CALL = 3;
const STOP = 6;
const SIGN_IN = 16;
const GREETING = 18;
const HEADER = 8;
const PACKET = 4096;

export interface FakeMssql {
  port: number;
  /** In the order of arrival. */
  asked: Asked[];
  signIns: SignIn[];
  /** Messages that ask to stop. */
  stops: number;
  /** What is answered; `nothing` for a statement that takes until it is stopped. */
  reply: (asked: Asked) => Reply[] | 'nothing';
  /** Refuses sign-ins with this. */
  refusal?: { number: number; message: string };
  sockets: Set<Socket>;
  close(): void;
}

/**
 * Speaks the protocol of SQL Server (TDS 7.4) as its specification tells: greeting, TLS, sign-in, batches, sp_executesql,
 * transactions, stopping. It knows no SQL: what is tested with it is what is sent, and what becomes of answers.
 */
export async function startFakeMssql(tls?: { key: string; cert: string }): Promise<FakeMssql> {
  const server = createServer((socket) => {
    fake.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => fake.sockets.delete(socket));
    new Session(socket, fake, tls).start();
  });
  const fake: FakeMssql = {
    port: 0,
    asked: [],
    signIns: [],
    stops: 0,
    reply: () => [],
    sockets: new Set(),
    close() {
      for (const socket of fake.sockets) socket.destroy();
      server.close();
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  fake.port = (server.address() as AddressInfo).port;
  return fake;
}

class Session {
  readonly #socket: Socket;
  readonly #fake: FakeMssql;
  readonly #tls: { key: string; cert: string } | undefined;
  #stream: Duplex;
  #pending = Buffer.alloc(0);
  #message: Buffer[] = [];
  #transaction = 0n;
  #isBusy = false;

  constructor(socket: Socket, fake: FakeMssql, tls: { key: string; cert: string } | undefined) {
    this.#socket = socket;
    this.#stream = socket;
    this.#fake = fake;
    this.#tls = tls;
  }

  start(): void {
    this.#stream.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  #take(chunk: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    while (this.#pending.length >= HEADER && this.#pending.length >= this.#pending.readUInt16BE(2)) {
      const packet = this.#pending.subarray(0, this.#pending.readUInt16BE(2));
      this.#pending = this.#pending.subarray(packet.length);
      this.#message.push(packet.subarray(HEADER));
      if (((packet[1] ?? 0) & 1) === 0) continue;
      const payload = Buffer.concat(this.#message.splice(0));
      // The second bit says that the client gave the message up.
      if (((packet[1] ?? 0) & 2) === 0) this.#hear(packet[0] ?? 0, payload);
    }
  }

  #hear(type: number, payload: Buffer): void {
    switch (type) {
      case GREETING:
        this.#send([greeting(this.#tls !== undefined)]);
        if (this.#tls) {
          this.#socket.removeAllListeners('data');
          this.#stream = acceptTls(this.#socket, this.#tls);
          this.start();
        }
        break;
      case SIGN_IN: {
        this.#fake.signIns.push(readSignIn(payload));
        const { refusal } = this.#fake;
        this.#send(
          refusal ? [failure({ ...refusal, gravity: 14 }), done('batch', 2)] : [loginAcknowledged()],
        );
        break;
      }
      case BATCH:
        this.#answer(readBatch(payload));
        break;
      case CALL:
        this.#answer(readCall(payload));
        break;
      case STOP:
        this.#fake.stops++;
        // What was asked ends with a message of its own, and then the wish to stop is confirmed.
        if (this.#isBusy) this.#send([done('batch', 0)]);
        this.#isBusy = false;
        this.#send([done('batch', ATTENTION)]);
    }
  }

  #answer(asked: Asked): void {
    // What drivers set up after the sign-in.
    if (asked.sql.startsWith('set ansi_nulls on')) {
      this.#send([done('batch', 0)]);
      return;
    }
    this.#fake.asked.push(asked);
    const step = /^(?:if @@trancount > 0 )?(begin|commit|rollback) transaction$/.exec(asked.sql)?.[1];
    if (step) {
      const kind = step === 'begin' ? 8 : step === 'commit' ? 9 : 10;
      if (step === 'begin') this.#transaction++;
      this.#send([transactionChanged(kind, this.#transaction), done('batch', 0)]);
      return;
    }
    const replies = this.#fake.reply(asked);
    this.#isBusy = replies === 'nothing';
    if (replies !== 'nothing') this.#send([...answer(replies, asked.isProcedure)]);
  }

  #send(tokens: readonly Buffer[]): void {
    const payload = Buffer.concat(tokens);
    for (let at = 0; at === 0 || at < payload.length; at += PACKET - HEADER) {
      const part = payload.subarray(at, at + PACKET - HEADER);
      const header = Buffer.from([4, at + part.length >= payload.length ? 1 : 0, 0, 0, 0, 0, 0, 0]);
      header.writeUInt16BE(part.length + HEADER, 2);
      this.#stream.write(Buffer.concat([header, part]));
    }
  }
}

/** Version and whether the rest is encrypted. */
function greeting(hasTls: boolean): Buffer {
  return Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff, 16, 0, 0, 0, 0, 0, hasTls ? 1 : 2]);
}
