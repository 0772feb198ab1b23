import { load, type Engine, type Running } from '../processes.ts';
import { ms, percent, type Row } from '../row.ts';
import { echoWorkflow, transformWorkflow } from '../workflows.ts';

const BODY = {
  id: 4711,
  name: '归墟',
  amount: 12.5,
  tags: ['a', 'b'],
  address: { city: '上海', street: 'Nanjing Road' },
};
const SECONDS = 6;

/** Requests per second of both, taken in turn so that a drifting machine hits both alike. */
async function compare(floor: Running, url: string, connections: number) {
  const at = (target: string, seconds: number) => load(target, { connections, seconds, body: BODY });
  await at(url, 3);
  await at(floor.url, 2);
  const mine = [await at(url, SECONDS)];
  const theirs = [await at(floor.url, SECONDS)];
  mine.push(await at(url, SECONDS));
  theirs.push(await at(floor.url, SECONDS));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    requestsPerSecond: mean(mine.map((result) => result.requestsPerSecond)),
    floorPerSecond: mean(theirs.map((result) => result.requestsPerSecond)),
  };
}

async function ratioRow(
  name: string,
  floor: Running,
  url: string,
  connections: number,
  limit: number,
): Promise<Row> {
  const { requestsPerSecond, floorPerSecond } = await compare(floor, url, connections);
  const ratio = requestsPerSecond / floorPerSecond;
  return {
    name: `${name}, ${connections} connections`,
    measured: `${requestsPerSecond.toFixed(0)}/s = ${percent(ratio)} of ${floorPerSecond.toFixed(0)}/s`,
    limit: `>= ${percent(limit)}`,
    isWithin: ratio >= limit,
  };
}

export async function webhookCases(engine: Engine, floor: Running): Promise<Row[]> {
  await engine.activate(echoWorkflow());
  await engine.activate(transformWorkflow());
  const echo = `${engine.url}/webhook/echo`;
  const rows = [
    await ratioRow('webhook echo', floor, echo, 10, 0.5),
    await ratioRow('webhook echo', floor, echo, 100, 0.5),
    await ratioRow('webhook, set, IF, code, respond', floor, `${engine.url}/webhook/transform`, 10, 0.16),
  ];
  const alone = await oneByOne(echo);
  const floorAlone = await oneByOne(floor.url);
  const added = alone - floorAlone;
  rows.push({
    name: 'webhook echo, added latency at 1 connection (p50)',
    measured: `${ms(added)} (${ms(alone)} against ${ms(floorAlone)})`,
    limit: '< 0.60 ms',
    isWithin: added < 0.6,
  });
  return rows;
}

/** Median milliseconds of one request after another; the load generator only counts whole milliseconds. */
async function oneByOne(url: string): Promise<number> {
  const body = JSON.stringify(BODY);
  const taken: number[] = [];
  for (let request = 0; request < 3000; request++) {
    const startedAt = performance.now();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await response.arrayBuffer();
    if (request >= 500) taken.push(performance.now() - startedAt);
  }
  return taken.sort((a, b) => a - b)[taken.length >> 1] ?? Number.NaN;
}
