import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One effect that was asked for. */
export interface Effect {
  /** `execution/node/run/item`: the same for every attempt at it. */
  unit: string;
  kind: string;
  key: string | null;
  /** What it was asked to send. */
  n: string;
}

export interface Sink {
  url: string;
  /** All that took place, in order. */
  readonly effects: readonly Effect[];
  /** Called with each request: `before` its effect takes place, and `after` that but before the answer. */
  onRequest: (moment: 'before' | 'after', unit: string) => Promise<void>;
  close(): Promise<void>;
}

/** What nodes do things to: counts every effect, fails what is asked for with `fails` the first so many times. */
export async function openSink(): Promise<Sink> {
  const effects: Effect[] = [];
  const failures = new Map<string, number>();
  const sink: Sink = {
    url: '',
    effects,
    onRequest: () => Promise.resolve(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sink');
    const unit = searchParams.get('unit') ?? '';
    await sink.onRequest('before', unit);
    const failed = failures.get(unit) ?? 0;
    if (failed < Number(searchParams.get('fails') ?? 0)) {
      failures.set(unit, failed + 1);
      response.statusCode = 503;
      response.end('not now');
      return;
    }
    const key = request.headers['idempotency-key'];
    effects.push({
      unit,
      kind: pathname.slice(1),
      key: typeof key === 'string' ? key : null,
      n: searchParams.get('n') ?? '',
    });
    await sink.onRequest('after', unit);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answerTo(searchParams.get('n') ?? '')));
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  sink.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return sink;
}

/** What the sink answers to an effect with that number. */
export function answerTo(n: string): { sent: number } {
  return { sent: Number(n) };
}
