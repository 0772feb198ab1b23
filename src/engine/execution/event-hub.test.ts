import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../contract/index.ts';
import { createEventHub, type SequencedEvent } from './event-hub.ts';

const changed = (workflowId: string): EngineEvent => ({
  type: 'workflow-changed',
  workflowId,
  change: 'saved',
});

async function read(events: AsyncGenerator<SequencedEvent>, count: number): Promise<string[]> {
  const seen: string[] = [];
  for await (const { event } of events) {
    seen.push(event.type === 'workflow-changed' ? event.workflowId : event.type);
    if (seen.length === count) break;
  }
  return seen;
}

describe('createEventHub', () => {
  const hubOf = (capacity = 100) => createEventHub({ capacity, now: () => 1000 });

  it('gives a watcher what is published from then on', async () => {
    const hub = hubOf();
    hub.publish(changed('before'));
    const seen = read(hub.subscribe({ signal: new AbortController().signal }), 2);
    await Promise.resolve();
    hub.publish(changed('a'));
    hub.publish(changed('b'));
    expect(await seen).toEqual(['a', 'b']);
  });

  it('goes on after the sequence number a watcher saw last', async () => {
    const hub = hubOf();
    for (const id of ['a', 'b', 'c']) hub.publish(changed(id));
    expect(await read(hub.subscribe({ since: 1001, signal: new AbortController().signal }), 2)).toEqual([
      'b',
      'c',
    ]);
  });

  it('says so when events asked for are not held any more', async () => {
    const hub = hubOf(4);
    for (let index = 0; index < 10; index++) hub.publish(changed(String(index)));
    expect(await read(hub.subscribe({ since: 1001, signal: new AbortController().signal }), 1)).toEqual([
      'gap',
    ]);
  });

  it('says so to a watcher of a later boot', async () => {
    const hub = hubOf();
    expect(await read(hub.subscribe({ since: 5000, signal: new AbortController().signal }), 1)).toEqual([
      'gap',
    ]);
  });

  it('leaves out what the filter refuses', async () => {
    const hub = hubOf();
    for (const id of ['a', 'b', 'a']) hub.publish(changed(id));
    const filter = (event: EngineEvent) => event.type === 'workflow-changed' && event.workflowId === 'a';
    expect(
      await read(hub.subscribe({ since: 1000, filter, signal: new AbortController().signal }), 2),
    ).toEqual(['a', 'a']);
  });

  it('ends when the signal aborts', async () => {
    const hub = hubOf();
    const controller = new AbortController();
    const seen = read(hub.subscribe({ signal: controller.signal }), 1);
    controller.abort();
    expect(await seen).toEqual([]);
  });
});
