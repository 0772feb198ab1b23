import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, fetch as fetchWith } from 'undici';
import { startEngine, type Engine } from '../processes.ts';
import { median, ms, percent, times, type Row } from '../row.ts';
import { longWaitWorkflow, requestsWorkflow, waitWorkflow } from '../workflows.ts';

const post = (url: string, body: unknown = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).then(async (response) => {
    const text = await response.text();
    if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  });

/** A hundred executions that each wait a second, at once. */
export async function waitCase(engine: Engine): Promise<Row> {
  await engine.activate(waitWorkflow());
  await post(`${engine.url}/webhook/wait`);
  const [taken = 0] = await times(1, 0, () =>
    Promise.all(Array.from({ length: 100 }, () => post(`${engine.url}/webhook/wait`))),
  );
  return {
    name: '100 concurrent waits of 1 s',
    measured: ms(taken),
    limit: '< 1200 ms',
    isWithin: taken < 1200,
  };
}

const MANY = 10_000;

/** Ten thousand executions that wait, in the engine that took them and in the one after a restart. */
export async function manyWaitsCase(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guixuflow-waits-'));
  const call = async (url: string, count: number) => {
    for (let sent = 0; sent < count; sent += 100)
      await Promise.all(Array.from({ length: 100 }, () => post(`${url}/webhook/long-wait`)));
  };
  const waiting = async (engine: Engine) =>
    (await engine.api<{ total: number }>('GET', '/executions?status=waiting&limit=1')).total;
  const row = (name: string, growthMb: number, count: number): Row => ({
    name,
    measured: `${growthMb.toFixed(0)} MB for ${count}`,
    limit: '< 100 MB',
    isWithin: growthMb < 100 && count >= MANY,
  });
  try {
    const first = await startEngine(folder);
    await first.activate(longWaitWorkflow());
    // What the load itself takes, which grows with its first ten thousand and then stays, is there before the waits that
    // count.
    await call(first.url, MANY);
    const beforeMb = first.memoryMb();
    await call(first.url, MANY);
    while ((await waiting(first)) < 2 * MANY) await new Promise((resolve) => setTimeout(resolve, 50));
    const grownMb = first.memoryMb() - beforeMb;
    await first.stop();

    const empty = await startEngine();
    const idleMb = empty.memoryMb();
    await empty.stop();
    const second = await startEngine(folder);
    const count = await waiting(second);
    const restartedMb = second.memoryMb() - idleMb;
    await second.stop();
    return [
      row('memory of 10,000 waiting executions', grownMb, MANY),
      row('the same after a restart', restartedMb, count),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Twenty requests to a server that takes 10 ms, ten at a time. */
export async function requestCase(engine: Engine): Promise<Row> {
  const server = createServer((_request, response) =>
    setTimeout(() => response.setHeader('content-type', 'application/json').end('{"ok":true}'), 10),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const target = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const agent = new Agent({ connections: 10 });
  try {
    await engine.activate(requestsWorkflow(target));
    const byHand = median(
      await times(30, 5, () =>
        Promise.all(
          Array.from({ length: 20 }, () =>
            fetchWith(target, { dispatcher: agent }).then((response) => response.json()),
          ),
        ),
      ),
    );
    const viaNode = median(await times(30, 5, () => post(`${engine.url}/webhook/requests`)));
    const ratio = byHand / viaNode;
    return {
      name: 'HTTP request node, 20 items, 10 connections',
      measured: `${ms(viaNode)} against ${ms(byHand)} by hand = ${percent(ratio)}`,
      limit: '>= 40.0 %',
      isWithin: ratio >= 0.4,
    };
  } finally {
    server.close();
    server.closeAllConnections();
    await agent.close();
  }
}
