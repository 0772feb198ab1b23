import { Binary, Decimal128, Long, ObjectId } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mongodb as credential } from '../../src/engine/connectors/mongodb/mongodb-credential.ts';
import { createConnections } from '../../src/engine/connections/index.ts';
import { FakeClock } from '../../src/engine/kernel/fake-clock.ts';
import { items, runNode } from '../../src/engine/node-kit/test-harness.ts';
import { mongodb } from '../../src/engine/nodes/database/mongodb/mongodb.node.ts';
import { startFakeMongodb, type FakeMongodb } from './fake-mongodb.ts';

/** No MongoDB server can be installed here: this is the wire contract, against a server that speaks it. */
describe('MongoDB wire contract, against a fake server', () => {
  let fake: FakeMongodb;
  let connections: ReturnType<typeof createConnections>;
  beforeEach(async () => {
    fake = await startFakeMongodb();
    connections = createConnections({
      clock: new FakeClock(),
      idleMs: 1000,
      onCloseFailure: () => undefined,
    });
  });
  afterEach(async () => {
    await connections.close();
    await fake.close();
  });

  const data = () => ({
    mode: 'parts',
    host: '127.0.0.1',
    port: String(fake.port),
    tls: 'off',
    database: 'test',
  });
  const run = async (parameters: Record<string, unknown>, input = items({ n: 1 }), login = data()) => {
    const { ports } = await runNode(mongodb, {
      parameters: { collection: 'people', ...parameters },
      items: input,
      connections,
      credentials: { mongodb: { type: 'mongodb', data: login } },
      execution: { id: 'e' },
      resolve: (written) =>
        Promise.resolve(
          Object.fromEntries(Object.keys(written).map((key) => [key, input[0]?.json])) as never,
        ),
    });
    return ports[0]?.map(({ json }) => json);
  };
  const testing = (login = data()) =>
    credential.test?.({
      ...{ data: login, connections, signal: AbortSignal.timeout(30_000) },
      http: { request: () => Promise.reject(new Error('not used')) },
    });

  it('gives every type of value, as plain and as extended JSON', async () => {
    const id = new ObjectId('64b000000000000000000001');
    fake.documents.set('people', [
      {
        _id: id,
        at: new Date('2026-01-02T03:04:05.678Z'),
        price: Decimal128.fromString('12.3400'),
        big: Long.fromString('9007199254740993'),
        small: Long.fromNumber(5),
        bytes: new Binary(Buffer.from([0, 255])),
        nested: [{ id }],
      },
    ]);
    expect(await run({ filter: '{}' })).toEqual([
      {
        _id: id.toHexString(),
        at: '2026-01-02T03:04:05.678Z',
        price: '12.3400',
        big: '9007199254740993',
        small: 5,
        bytes: 'AP8=',
        nested: [{ id: id.toHexString() }],
      },
    ]);
    const extended = await run({ format: 'extended' });
    expect(extended).toMatchObject([
      {
        _id: { $oid: id.toHexString() },
        price: { $numberDecimal: '12.3400' },
        big: { $numberLong: '9007199254740993' },
        bytes: { $binary: { base64: 'AP8=', subType: '00' } },
      },
    ]);
    // What it gave goes back in as the same values.
    await run({ operation: 'insert', collection: 'copies', document: JSON.stringify(extended?.[0]) });
    expect(fake.documents.get('copies')).toMatchObject([
      { _id: id, at: new Date('2026-01-02T03:04:05.678Z'), price: Decimal128.fromString('12.3400') },
    ]);
    expect(String(fake.documents.get('copies')?.[0]?.['big'])).toBe('9007199254740993');
  });

  it('reads results that come in several batches', async () => {
    fake.documents.set(
      'people',
      Array.from({ length: 1500 }, (_, n) => ({ _id: n, n })),
    );
    expect((await run({}))?.map(({ n }) => n)).toEqual(Array.from({ length: 1500 }, (_, n) => n));
  });

  it('inserts a document once, however often it is asked to', async () => {
    const insert = { operation: 'insert', document: '{ "name": "Ann" }' };
    const first = await run(insert);
    expect(first).toMatchObject([{ name: 'Ann' }]);
    expect(await run(insert)).toEqual(first);
    expect(fake.documents.get('people')).toHaveLength(1);
    const own = { operation: 'insert', document: '{ "_id": 7, "name": "Bo" }' };
    await run(own);
    expect(await run(own)).toEqual([{ _id: 7, name: 'Bo' }]);
    await expect(run({ ...own, document: '{ "_id": 7, "name": "Cy" }' })).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
    });
    expect(fake.documents.get('people')).toHaveLength(2);
  });

  it('never lets a value of an item become an operator', async () => {
    const filter = '{ "name": "={{ $json }}" }';
    await expect(run({ operation: 'delete', filter }, items({ $ne: null }))).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
      facts: { parameter: 'filter' },
    });
    await expect(
      run({ operation: 'find', filter: '={{ $json }}' }, items({ $where: '1' })),
    ).rejects.toMatchObject({
      code: 'PARAMETER_INVALID',
    });
    expect(fake.commands).toEqual([]);
    fake.documents.set('people', [{ _id: 1, name: { first: 'Ann' } }]);
    expect(await run({ operation: 'delete', filter }, items({ first: 'Ann' }))).toEqual([
      { acknowledged: true, deletedCount: 1 },
    ]);
  });

  it('sends updates as they are written', async () => {
    const update = '{ "$inc": { "n": 1 } }';
    await run({ operation: 'update', filter: '{ "a": { "$gt": 1 } }', update, many: true, upsert: true });
    expect(fake.commands[0]).toMatchObject({
      update: 'people',
      updates: [{ q: { a: { $gt: 1 } }, u: { $inc: { n: 1 } }, multi: true, upsert: true }],
    });
  });

  it('tells failures apart, and none holds the password', async () => {
    await testing();
    fake.fail = { code: 18, errmsg: 'Authentication failed.' };
    await expect(run({})).rejects.toMatchObject({ code: 'LOGIN_REFUSED' });
    fake.fail = { code: 2, errmsg: 'unknown operator: $nope' };
    await expect(run({})).rejects.toMatchObject({
      code: 'SERVICE_REFUSED',
      facts: { reason: 'unknown operator: $nope' },
    });
    await expect(testing({ ...data(), port: '1' })).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    const url = 'mongodb://ann:hush-hush@host.invalid:1/?serverSelectionTimeoutMS=500';
    const failure: unknown = await Promise.resolve(testing({ ...data(), mode: 'url', url } as never)).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'HOST_UNKNOWN' });
    expect(JSON.stringify([failure, (failure as Error).message])).not.toContain('hush');
  });

  it('says that the connection was lost in the middle, and opens another one', async () => {
    await testing();
    fake.dropNext = true;
    await expect(run({ operation: 'insert', document: '{ "a": 1 }' })).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
    });
    await testing();
  });
});
