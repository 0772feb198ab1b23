import { createId } from '../../src/engine/kernel/index.ts';
import { openStorage } from '../../src/engine/storage/index.ts';
import { finishedWrite, sampleRun, spilledList } from './samples.ts';

/** Stores executions of some days ago with large outputs, then removes them; prints a line per batch removed. */
const storage = await openStorage({ kind: 'sqlite', dataDir: process.argv[2] ?? '' });
const startedAt = Date.now() - 3 * 24 * 60 * 60 * 1000;
for (let n = 0; n < 60; n++) {
  const random = () => ({ json: { text: Math.random().toString(36).repeat(40) } });
  const outputs = [spilledList(n % 10 === 0 ? 30_000 : 400, random)];
  const run = sampleRun({ outputs, itemCounts: [outputs[0]?.length ?? 0] });
  await storage.executions.commit(finishedWrite({ id: createId(startedAt + n), startedAt }, [run]));
}
process.stdout.write('stored\n');
await storage.history.prune(
  { maxAgeDays: 1, maxPerWorkflow: null, maxTotal: null, maxBytes: null },
  {
    now: Date.now() + 2 * 24 * 60 * 60 * 1000,
    signal: new AbortController().signal,
    onBatch: () => void process.stdout.write('batch\n'),
  },
);
process.stdout.write('done\n');
