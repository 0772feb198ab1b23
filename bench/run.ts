/**
 * Measures the headless host against floors and limits taken in the same run. `npm run build` first.
 *
 *   npm run bench             everything
 *   npm run bench -- webhook  one group: webhook, items, waiting, recovery, host
 */
import { startCase } from './cases/host.ts';
import { itemCases } from './cases/items.ts';
import { recoveryCase } from './cases/recovery.ts';
import { manyWaitsCase, requestCase, waitCase } from './cases/waiting.ts';
import { webhookCases } from './cases/webhook.ts';
import { startEngine, startFloor } from './processes.ts';
import type { Row } from './row.ts';

const wanted = process.argv.slice(2);
const isWanted = (group: string) => wanted.length === 0 || wanted.includes(group);
const rows: Row[] = [];
const report = (...more: Row[]) => {
  for (const row of more) {
    rows.push(row);
    console.log(
      `${row.isWithin ? 'ok  ' : 'OVER'}  ${row.name}\n        ${row.measured}   limit ${row.limit}`,
    );
  }
};

if (isWanted('recovery')) report(await recoveryCase());
if (isWanted('waiting')) report(...(await manyWaitsCase()));
if (isWanted('host')) report(...(await startCase()));
const engine = await startEngine();
const floor = await startFloor();
try {
  if (isWanted('items')) report(...(await itemCases(engine)));
  if (isWanted('waiting')) report(await waitCase(engine), await requestCase(engine));
  if (isWanted('webhook')) report(...(await webhookCases(engine, floor)));
  const afterMb = engine.memoryMb();
  report({
    name: 'memory after the load',
    measured: `${afterMb.toFixed(0)} MB`,
    limit: '< 300 MB',
    isWithin: afterMb < 300,
  });
} finally {
  await floor.stop();
  await engine.stop();
}
const over = rows.filter((row) => !row.isWithin);
console.log(`\n${rows.length - over.length} of ${rows.length} within their limits`);
process.exitCode = over.length > 0 ? 1 : 0;
