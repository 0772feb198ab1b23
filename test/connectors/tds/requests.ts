/** What a client asked for, read by [MS-TDS] 2.2.6. */
export interface Asked {
  sql: string;
  /** Bound values by their names, and the types they were sent as. */
  values: Record<string, unknown>;
  kinds: string[];
  /** The transaction it is part of; 0 for none. */
  transaction: bigint;
  isProcedure: boolean;
}

export interface SignIn {
  user: string;
  password: string;
  application: string;
  database: string;
}

export function readSignIn(payload: Buffer): SignIn {
  const part = (at: number) => {
    const from = payload.readUInt16LE(at);
    return payload.subarray(from, from + payload.readUInt16LE(at + 2) * 2);
  };
  // Its halves of bytes are swapped, and then a pattern is laid over them.
  const password = part(44).map((byte) => {
    const plain = byte ^ 0xa5;
    return ((plain << 4) | (plain >> 4)) & 255;
  });
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf16le');
  return {
    user: text(part(40)),
    password: text(password),
    application: text(part(48)),
    database: text(part(68)),
  };
}

export function readBatch(payload: Buffer): Asked {
  const { at, transaction } = readHeaders(payload);
  return { sql: payload.toString('utf16le', at), values: {}, kinds: [], transaction, isProcedure: false };
}

/** A call of `sp_executesql`: the statement, the list of its parameters, and their values. */
export function readCall(payload: Buffer): Asked {
  const { at, transaction } = readHeaders(payload);
  const reader = new Reader(payload, at);
  const name = reader.number(2) === 0xffff ? reader.number(2) : -1;
  if (name !== 10) throw new Error('Only sp_executesql is known here');
  reader.number(2);
  const all: Array<{ name: string; value: unknown; kind: string }> = [];
  while (reader.hasMore()) {
    const parameter = reader.bytes(reader.number(1) * 2).toString('utf16le');
    reader.number(1);
    all.push({ name: parameter, ...reader.value() });
  }
  const [statement, , ...bound] = all;
  return {
    sql: String(statement?.value),
    values: Object.fromEntries(bound.map(({ name: parameter, value }) => [parameter, value])),
    kinds: bound.map(({ kind }) => kind),
    transaction,
    isProcedure: true,
  };
}

function readHeaders(payload: Buffer): { at: number; transaction: bigint } {
  // One header, of the transaction: two lengths and a type before its number.
  return { at: payload.readUInt32LE(0), transaction: payload.readBigUInt64LE(10) };
}

class Reader {
  readonly #payload: Buffer;
  #at: number;

  constructor(payload: Buffer, at: number) {
    this.#payload = payload;
    this.#at = at;
  }

  hasMore(): boolean {
    return this.#at < this.#payload.length;
  }

  number(size: number): number {
    return this.bytes(size).readUIntLE(0, size);
  }

  bytes(size: number): Buffer {
    this.#at += size;
    return this.#payload.subarray(this.#at - size, this.#at);
  }

  value(): { value: unknown; kind: string } {
    const type = this.number(1);
    switch (type) {
      case 0x26: {
        this.number(1);
        const bytes = this.bytes(this.number(1));
        const value = bytes.length === 8 ? Number(bytes.readBigInt64LE()) : bytes.readIntLE(0, bytes.length);
        return { value, kind: bytes.length === 8 ? 'bigint' : 'int' };
      }
      case 0x68:
        this.number(1);
        return { value: this.bytes(this.number(1))[0] === 1, kind: 'bit' };
      case 0x6d:
        this.number(1);
        return { value: this.bytes(this.number(1)).readDoubleLE(), kind: 'float' };
      case 0xe7: {
        const isLarge = this.number(2) === 0xffff;
        this.bytes(5);
        return { value: this.#sized(isLarge)?.toString('utf16le') ?? null, kind: 'nvarchar' };
      }
      case 0xa5:
        return { value: this.#sized(this.number(2) === 0xffff), kind: 'varbinary' };
      default:
        throw new Error(`The type ${type} is not known here`);
    }
  }

  /** Bytes with their length before them, or in pieces. */
  #sized(isLarge: boolean): Buffer | null {
    if (!isLarge) {
      const size = this.number(2);
      return size === 0xffff ? null : this.bytes(size);
    }
    if (this.bytes(8).every((byte) => byte === 0xff)) return null;
    const pieces: Buffer[] = [];
    for (let size = this.number(4); size > 0; size = this.number(4)) pieces.push(this.bytes(size));
    return Buffer.concat(pieces);
  }
}
