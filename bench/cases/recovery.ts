import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../processes.ts';
import { ms, type Row } from '../row.ts';
import { inFlightWorkflow } from '../workflows.ts';

const EXECUTIONS = 100;
const LIMIT_MS = 3000;

/** A hundred executions in the middle of a request when the engine is killed: how long until all of them ask again. */
export async function recoveryCase(): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'guixuflow-bench-'));
  const open: ServerResponse[] = [];
  let onRequest = () => {};
  const server = createServer((_request, response) => {
    open.push(response);
    onRequest();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const target = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const allAsked = () =>
    new Promise<void>((resolve) => {
      onRequest = () => {
        if (open.length === EXECUTIONS) resolve();
      };
    });
  try {
    const first = await startEngine(folder);
    await first.activate(inFlightWorkflow(target));
    const asked = allAsked();
    await Promise.all(
      Array.from({ length: EXECUTIONS }, () => fetch(`${first.url}/webhook/in-flight`, { method: 'POST' })),
    );
    await asked;
    await first.kill();
    open.length = 0;
    const resumed = allAsked();
    const startedAt = performance.now();
    const second = await startEngine(folder);
    await resumed;
    const taken = performance.now() - startedAt;
    for (const response of open) response.setHeader('content-type', 'application/json').end('{"ok":true}');
    await second.stop();
    return {
      name: `${EXECUTIONS} executions in flight at a kill, resumed, start included`,
      measured: ms(taken),
      limit: `< ${LIMIT_MS} ms`,
      isWithin: taken < LIMIT_MS,
    };
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
