import type { Engine } from '../processes.ts';
import { median, ms, times, type Row } from '../row.ts';
import { chainWorkflow, makeRecords, pipelineInPlainJavaScript, pipelineWorkflow } from '../workflows.ts';

const RECORDS = 10_000;

/** Times come from the execution records, so that sending the items in does not count. */
async function executionMs(engine: Engine, path: string, body: unknown): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${engine.url}/webhook/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return performance.now() - startedAt;
}

export async function itemCases(engine: Engine): Promise<Row[]> {
  await engine.activate(chainWorkflow(100));
  await engine.activate(pipelineWorkflow(RECORDS));

  const chain: number[] = [];
  for (let run = 0; run < 220; run++) {
    const taken = await executionMs(engine, 'chain', { n: 1 });
    if (run >= 20) chain.push(taken);
  }
  const perChain = median(chain);

  const records = makeRecords(RECORDS);
  const floor = median(await times(30, 10, () => pipelineInPlainJavaScript(structuredClone(records))));
  const clone = median(await times(30, 10, () => structuredClone(records)));
  const plain = floor - clone;
  const pipeline: number[] = [];
  for (let run = 0; run < 25; run++) {
    const taken = await executionMs(engine, 'pipeline', {});
    if (run >= 5) pipeline.push(taken);
  }
  const limit = 150 + 6 * plain;
  return [
    {
      name: 'chain of 100 set nodes, per execution (p50)',
      measured: ms(perChain),
      limit: '< 4.00 ms',
      isWithin: perChain < 4,
    },
    {
      name: '10,000 items through set, filter, code, sort, aggregate (p50)',
      measured: `${ms(median(pipeline))} (plain JavaScript ${ms(plain)})`,
      limit: `< 150 ms + 6 × plain = ${ms(limit)}`,
      isWithin: median(pipeline) < limit,
    },
  ];
}
