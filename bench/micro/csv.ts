import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkflowDocument } from '../../src/contract/index.ts';
import { createApp } from '../../src/engine/app.ts';
import { readConfig } from '../../src/engine/kernel/index.ts';
import { runDocument } from '../../src/main/cli/run-to-end.ts';

/**
 * Peak memory of the process while a CSV file of 100 MB and a million rows is fetched, read, filtered and written again:
 * `node --no-node-snapshot --max-semi-space-size=8 bench/micro/csv.ts`, with the flags that the launcher gives. The limit
 * is 600 MB.
 */
const ROWS = 1_000_000;
const LIMIT_MB = 600;

const folder = await mkdtemp(join(tmpdir(), 'guixuflow-csv-'));
const input = join(folder, 'input.csv');
const bytes = await writeInput(input);
const files = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
  createReadStream(input).pipe(response);
});
files.listen(0, '127.0.0.1');
await once(files, 'listening');
const config = readConfig({ GUIXU_LOG_LEVEL: 'error' }, { dataDir: join(folder, 'data'), port: 0 });
const app = await createApp(config, { host: 'headless', listen: false });
await app.start();
const before = process.memoryUsage.rss();
let peak = before;
const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
try {
  const startedAt = performance.now();
  const { status, error, nodeRuns } = await runDocument(app.client, {
    document: workflow((files.address() as AddressInfo).port),
    itemLimit: 1,
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const megabytes = (count: number) => Math.round(count / 1024 ** 2);
  const isWithin = megabytes(peak) <= LIMIT_MB;
  console.log(`${status} ${error?.message ?? ''}`.trimEnd());
  for (const { nodeName, itemCounts } of nodeRuns) console.log(`  ${nodeName}: ${itemCounts.join(' / ')}`);
  console.log(
    `${megabytes(bytes)} MB, ${ROWS} rows in ${seconds} s; ${megabytes(before)} MB before, ` +
      `peak ${megabytes(peak)} MB, limit ${LIMIT_MB} MB  ${isWithin ? 'ok' : 'OVER'}`,
  );
  if (!isWithin || status !== 'success') process.exitCode = 1;
} finally {
  clearInterval(look);
  await app.stop();
  files.close();
  await rm(folder, { recursive: true, force: true });
}

async function writeInput(path: string): Promise<number> {
  const file = createWriteStream(path);
  let written = 0;
  const note = 'x'.repeat(66);
  const write = async (text: string) => {
    written += text.length;
    if (!file.write(text)) await once(file, 'drain');
  };
  await write('id,name,city,amount,note\n');
  for (let row = 0; row < ROWS; row++)
    await write(`${row},customer ${row},city ${row % 100},${row % 1000},${note}\n`);
  file.end();
  await once(file, 'finish');
  return written;
}

function workflow(port: number): WorkflowDocument {
  const condition = { left: '={{ $json.amount }}', type: 'number', operation: 'greater', right: 500 };
  const conditions = { combinator: 'and', loose: true, conditions: [condition] };
  const nodes: Array<[name: string, type: string, parameters: object]> = [
    ['Start', 'manual-trigger', {}],
    ['Fetch', 'http-request', { url: `http://127.0.0.1:${port}/`, response: 'file' }],
    ['Read', 'extract-from-file', { format: 'csv' }],
    ['Filter', 'filter', { conditions }],
    ['Write', 'convert-to-file', { format: 'csv' }],
  ];
  return WorkflowDocument.parse({
    name: 'CSV',
    nodes: nodes.map(([name, type, parameters]) => ({ id: name, name, type, parameters })),
    connections: nodes
      .slice(1)
      .map(([name], index) => ({ from: { node: nodes[index]![0] }, to: { node: name } })),
  });
}
