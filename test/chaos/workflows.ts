import type { WorkflowDocumentInput } from '../../src/contract/index.ts';

type NodeInput = WorkflowDocumentInput['nodes'][number];
type Step = Pick<NodeInput, 'type' | 'parameters'> & Partial<NodeInput> & { id: string };

/** How executions of varied shape are made, and what each is to give for the number it is called with. */
export interface Shape {
  path: string;
  document(sink: string): WorkflowDocumentInput;
  /** The node whose items tell whether all went well. */
  last: string;
  expected(n: number): unknown[];
}

const wires = (...list: string[]): WorkflowDocumentInput['connections'] =>
  list.map((text) => {
    const [from = '', to = ''] = text.split('>').map((end) => end.trim());
    const end = (name: string) => ({ node: name.split('.')[0]!, index: Number(name.split('.')[1] ?? 0) });
    return { from: end(from), to: end(to) };
  });

function workflow(
  name: string,
  steps: readonly Step[],
  connections: WorkflowDocumentInput['connections'],
  settings: WorkflowDocumentInput['settings'] = {},
): WorkflowDocumentInput {
  const nodes = steps.map((step, index) => ({
    name: step.id,
    position: [index * 200, 0] as [number, number],
    ...step,
  }));
  return { name, nodes, connections, settings };
}

const hook = (path: string): Step => ({
  id: 'hook',
  type: 'webhook-trigger',
  parameters: { path, methods: ['POST'], respond: 'immediately' },
});

const set = (id: string, name: string, value: string): Step => ({
  id,
  type: 'set-fields',
  parameters: { mode: 'fields', include: 'none', assignments: [{ name, type: 'number', value }] },
});

const code = (id: string, text: string): Step => ({
  id,
  type: 'code',
  parameters: { mode: 'all-items', code: text },
});

/** Asks the sink for an effect of that kind, under a name that every attempt at it shares. */
function send(
  sink: string,
  id: string,
  kind: 'read' | 'keyed' | 'unsafe',
  more: { fails?: number; concurrency?: number; node?: Partial<NodeInput> } = {},
): Step {
  const unit = '{{ $execution.id }}/{{ $runIndex }}/{{ $itemIndex }}';
  const path = `${sink}/${kind}?unit=${id}/${unit}&n={{ $json.n }}&fails=${more.fails ?? 0}`;
  return {
    id,
    type: 'http-request',
    parameters: {
      method: kind === 'read' ? 'GET' : 'POST',
      url: `=${path}`,
      concurrency: more.concurrency ?? 1,
      ...(kind === 'keyed' && {
        headers: [{ name: 'Idempotency-Key', value: `=${id}/${unit}` }],
      }),
    },
    ...more.node,
  };
}

/** Five items: n, n + 1, ... */
const five = (id: string) =>
  code(
    id,
    'const { n } = $input.first().json; return [0, 1, 2, 3, 4].map((more) => ({ json: { n: n + more } }));',
  );
const fiveOf = (n: number) => [0, 1, 2, 3, 4].map((more) => ({ sent: n + more }));

export const childWorkflow = (sink: string): WorkflowDocumentInput =>
  workflow(
    'Child',
    [
      { id: 'called', type: 'sub-workflow-trigger', parameters: {} },
      send(sink, 'childUnsafe', 'unsafe'),
      set('again', 'n', '={{ $json.sent + 1 }}'),
      send(sink, 'childKeyed', 'keyed'),
    ],
    wires('called>childUnsafe', 'childUnsafe>again', 'again>childKeyed'),
  );

export function createShapes(childId: string): Shape[] {
  const begin = set('begin', 'n', '={{ $json.body.n }}');
  return [
    {
      path: 'line',
      last: 'end',
      expected: (n) => [{ n: n + 2 }],
      document: (sink) =>
        workflow(
          'Line',
          [
            ...[hook('line'), begin, send(sink, 'first', 'keyed')],
            ...[set('more', 'n', '={{ $json.sent + 1 }}'), send(sink, 'second', 'unsafe')],
            set('end', 'n', '={{ $json.sent + 1 }}'),
          ],
          wires('hook>begin', 'begin>first', 'first>more', 'more>second', 'second>end'),
        ),
    },
    {
      path: 'branches',
      last: 'end',
      expected: (n) => [{ n: n * 2 }],
      document: (sink) =>
        workflow(
          'Branches',
          [
            ...[hook('branches'), begin, send(sink, 'left', 'unsafe'), send(sink, 'right', 'read')],
            { id: 'merge', type: 'merge', parameters: { mode: 'append' } },
            code(
              'end',
              'return [{ json: { n: $input.all().reduce((sum, { json }) => sum + json.sent, 0) } }];',
            ),
          ],
          wires('hook>begin', 'begin>left', 'begin>right', 'left>merge', 'right>merge.1', 'merge>end'),
        ),
    },
    {
      path: 'loop',
      last: 'end',
      expected: (n) => fiveOf(n),
      document: (sink) =>
        workflow(
          'Loop',
          [
            ...[hook('loop'), begin, five('items')],
            { id: 'loop', type: 'loop-over-items', parameters: { batchSize: 2 } },
            ...[send(sink, 'each', 'keyed'), set('end', 'sent', '={{ $json.sent }}')],
          ],
          wires('hook>begin', 'begin>items', 'items>loop', 'loop>each', 'each>loop', 'loop.1>end'),
        ),
    },
    {
      path: 'call',
      last: 'end',
      expected: (n) => [{ sent: n + 1 }],
      document: (sink) =>
        workflow(
          'Call',
          [
            ...[hook('call'), begin, send(sink, 'before', 'read'), set('give', 'n', '={{ $json.sent }}')],
            {
              id: 'call',
              type: 'execute-workflow',
              parameters: { workflow: childId, mode: 'once', wait: true },
            },
            set('end', 'sent', '={{ $json.sent }}'),
          ],
          wires('hook>begin', 'begin>before', 'before>give', 'give>call', 'call>end'),
        ),
    },
    {
      path: 'wait',
      last: 'end',
      expected: (n) => [{ n: n + 1 }],
      document: (sink) =>
        workflow(
          'Wait',
          [
            ...[hook('wait'), begin, send(sink, 'first', 'unsafe')],
            { id: 'pause', type: 'wait', parameters: { until: 'interval', amount: 0.5, unit: 'seconds' } },
            ...[set('more', 'n', '={{ $json.sent }}'), send(sink, 'second', 'unsafe')],
            set('end', 'n', '={{ $json.sent + 1 }}'),
          ],
          wires('hook>begin', 'begin>first', 'first>pause', 'pause>more', 'more>second', 'second>end'),
        ),
    },
    {
      path: 'retry',
      last: 'end',
      expected: (n) => [{ n: n + 1 }],
      document: (sink) =>
        workflow(
          'Retry',
          [
            ...[hook('retry'), begin],
            send(sink, 'flaky', 'unsafe', {
              fails: 2,
              node: { retry: { attempts: 4, delayMs: 50, backoff: 'exponential' } },
            }),
            set('end', 'n', '={{ $json.sent + 1 }}'),
          ],
          wires('hook>begin', 'begin>flaky', 'flaky>end'),
        ),
    },
    {
      path: 'many',
      last: 'end',
      expected: (n) => fiveOf(n),
      document: (sink) =>
        workflow(
          'Many',
          [
            ...[hook('many'), begin, five('items'), send(sink, 'each', 'unsafe', { concurrency: 3 })],
            set('end', 'sent', '={{ $json.sent }}'),
          ],
          wires('hook>begin', 'begin>items', 'items>each', 'each>end'),
          { concurrency: 5 },
        ),
    },
  ];
}

/** A thousand effects in one node. */
export const thousandWorkflow = (sink: string): WorkflowDocumentInput =>
  workflow(
    'Thousand',
    [
      hook('thousand'),
      code('items', 'return Array.from({ length: 1000 }, (_, n) => ({ json: { n } }));'),
      send(sink, 'bulk', 'unsafe'),
      code('end', 'return [{ json: { n: $input.all().length } }];'),
    ],
    wires('hook>items', 'items>bulk', 'bulk>end'),
  );
