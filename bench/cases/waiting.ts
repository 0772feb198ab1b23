import { createServer } from 'node:http';
import { Agent, fetch as fetchWith } from 'undici';
import type { Engine } from '../processes.ts';
import { median, ms, percent, times, type Row } from '../row.ts';
import { requestsWorkflow, waitWorkflow } from '../workflows.ts';

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
