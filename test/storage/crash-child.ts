import { openStorage } from '../../src/engine/storage/index.ts';
import { finishedWrite, sampleInsert, sampleRun, success } from './samples.ts';

/** Stores executions without end, ten at a time, and prints the id of each once its commit resolved. */
const storage = await openStorage({ kind: 'sqlite', dataDir: process.argv[2] ?? '' });

async function store(): Promise<void> {
  for (;;) {
    const write = finishedWrite({ version: 1 });
    await storage.executions.commit(write);
    process.stdout.write(`${write.executionId}\n`);

    const insert = sampleInsert();
    await storage.executions.commit({ executionId: insert.id, insert });
    await storage.executions.commit({ executionId: insert.id, nodeRuns: [sampleRun()], finish: success() });
    process.stdout.write(`${insert.id}\n`);
  }
}
await Promise.all(Array.from({ length: 10 }, store));
