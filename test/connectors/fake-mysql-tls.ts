import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Capabilities that a server needs to be talked to in this test: 4.1 protocol, TLS, its sign-in, and plug-ins of it. */
const CAPABILITIES = 0x00000001 | 0x00000200 | 0x00000800 | 0x00008000 | 0x00080000;

/**
 * Begins as a MySQL server with TLS does, by the protocol's documentation, and refuses every sign-in that comes over it.
 * That it was asked says that the certificate was taken.
 */
export async function startFakeMysqlTls(keys: {
  key: string;
  cert: string;
}): Promise<{ port: number; signIns(): number; close(): void }> {
  let signIns = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write(packet(0, greeting()));
    socket.once('readable', () => {
      // The wish for TLS; what follows it is TLS already.
      socket.read(36);
      const secure = new TLSSocket(socket, { isServer: true, ...keys });
      secure.on('error', () => undefined);
      secure.once('data', () => {
        signIns++;
        secure.end(packet(3, refusal("Access denied for user 'ann'")));
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    signIns: () => signIns,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function packet(sequence: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUIntLE(payload.length, 0, 3);
  header[3] = sequence;
  return Buffer.concat([header, payload]);
}

function greeting(): Buffer {
  const numbers = Buffer.alloc(31);
  numbers.writeUInt32LE(7, 0); // number of the connection
  numbers.fill('saltsalt', 4, 12);
  numbers.writeUInt16LE(CAPABILITIES & 0xffff, 13);
  numbers[15] = 45; // utf8mb4
  numbers.writeUInt16LE(2, 16);
  numbers.writeUInt16LE(CAPABILITIES >>> 16, 18);
  numbers[20] = 21; // length of both parts of the salt
  return Buffer.concat([
    Buffer.from('\x0a8.0.0\0', 'latin1'),
    numbers,
    Buffer.from('morsaltmorsa\0mysql_native_password\0', 'latin1'),
  ]);
}

function refusal(message: string): Buffer {
  const head = Buffer.from([0xff, 0, 0]);
  head.writeUInt16LE(1045, 1);
  return Buffer.concat([head, Buffer.from(`#28000${message}`)]);
}
