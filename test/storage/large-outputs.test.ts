import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeDatabases, type TestDatabase } from './databases.ts';
import { finishedWrite, sampleRun, spilledList } from './samples.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ITEMS = 100_000;
const FIELD = 'x'.repeat(500);
const MB = 1024 * 1024;

describeDatabases('large outputs', (open) => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => database.drop());

  it('are written and paged without being in memory as a whole', async () => {
    collectGarbage();
    const before = process.memoryUsage();
    let highest = 0;
    const itemAt = (n: number) => {
      if (n % 10_000 === 0) {
        collectGarbage();
        const { heapUsed, external } = process.memoryUsage();
        highest = Math.max(highest, heapUsed + external - before.heapUsed - before.external);
      }
      return { json: { n, text: `${n}${FIELD}` } };
    };
    const write = finishedWrite({}, [
      sampleRun({ outputs: [spilledList(ITEMS, itemAt)], itemCounts: [ITEMS] }),
    ]);
    await database.storage.executions.commit(write);

    // The list is more than 50 MB as JSON.
    expect(highest).toBeLessThan(16 * MB);
    const page = await database.storage.executions.outputs({
      executionId: write.executionId,
      nodeId: 'n1',
      runIndex: 0,
      offset: ITEMS - 2,
      limit: 5,
    });
    expect(page?.[0]?.map((item) => item.json['n'])).toEqual([ITEMS - 2, ITEMS - 1]);
  }, 60_000);
});
