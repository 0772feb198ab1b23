import { RowBatch, type Bound, type Row } from '../sql/index.ts';
import type { MssqlClient } from './sql-client.ts';

/** Rows as they come. The connection is not read from while nobody takes them. */
export async function* readRows(client: MssqlClient, bound: Bound): AsyncGenerator<Row[], void, undefined> {
  const batch = new RowBatch();
  let wake = () => {};
  client.isMidway = true;
  const { request, done } = client.send(bound, {
    row(row) {
      if (!batch.add(row)) return;
      request.pause();
      wake();
    },
  });
  let isDone = false;
  const end = done.finally(() => {
    isDone = true;
    wake();
  });
  end.catch(() => undefined);
  try {
    while (!isDone) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (isDone || request.paused) resolve();
      });
      if (isDone) break;
      yield batch.take();
      request.resume();
    }
    await end;
    client.isMidway = false;
    if (!batch.isEmpty) yield batch.take();
  } catch (error) {
    client.isMidway = !isDone;
    throw error;
  }
}
