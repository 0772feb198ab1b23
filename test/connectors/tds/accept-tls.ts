import type { Socket } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';

const HEADER = 8;

/**
 * TLS as [MS-TDS] 3.3.5.2 has it: the handshake travels in packets of greetings, what is said afterwards holds packets. Each
 * message of the client's handshake is answered by one.
 */
export function acceptTls(socket: Socket, keys: { key: string; cert: string }): Duplex {
  const [inside, outside] = duplexPair();
  let isHandshake = true;
  let flight: Buffer[] = [];
  let pending = Buffer.alloc(0);
  outside.on('data', (chunk: Buffer) => {
    if (!isHandshake) {
      socket.write(chunk);
      return;
    }
    flight.push(chunk);
    if (flight.length === 1) setImmediate(sendFlight);
  });
  const sendFlight = () => {
    const payload = Buffer.concat(flight);
    flight = [];
    const header = Buffer.from([18, 1, 0, 0, 0, 0, 0, 0]);
    header.writeUInt16BE(payload.length + HEADER, 2);
    socket.write(Buffer.concat([header, payload]));
  };
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (isHandshake && pending.length >= HEADER && pending[0] === 18) {
      const size = pending.readUInt16BE(2);
      if (pending.length < size) return;
      outside.write(pending.subarray(HEADER, size));
      pending = pending.subarray(size);
    }
    if (pending.length === 0) return;
    isHandshake = false;
    outside.write(pending);
    pending = Buffer.alloc(0);
  });
  const secure = new TLSSocket(inside, { isServer: true, maxVersion: 'TLSv1.2', ...keys });
  secure.on('error', () => socket.destroy());
  return secure;
}
