import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reachable, startEngine } from '../processes.ts';
import { median, ms, type Row } from '../row.ts';
import { echoWorkflow } from '../workflows.ts';

/** From starting the process to the first webhook answered, on a folder that holds an active workflow. */
export async function startCase(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guixuflow-start-'));
  try {
    const first = await startEngine(folder);
    await first.activate(echoWorkflow());
    await first.stop();
    const taken: number[] = [];
    let idleMb = 0;
    for (let run = 0; run < 5; run++) {
      const startedAt = performance.now();
      const engine = await startEngine(folder);
      await reachable(`${engine.url}/webhook/echo`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      });
      taken.push(performance.now() - startedAt);
      idleMb = engine.memoryMb();
      await engine.stop();
    }
    const start = median(taken);
    return [
      {
        name: 'start to first served webhook',
        measured: ms(start),
        limit: '< 1200 ms',
        isWithin: start < 1200,
      },
      {
        name: 'memory of the idle host',
        measured: `${idleMb.toFixed(0)} MB`,
        limit: '< 130 MB',
        isWithin: idleMb < 130,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
