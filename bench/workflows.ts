import type { WorkflowDocumentInput } from '../src/contract/index.ts';

type NodeInput = WorkflowDocumentInput['nodes'][number];

/** Nodes one after another, each connected to the next. */
function inARow(
  name: string,
  nodes: Array<Pick<NodeInput, 'name' | 'type' | 'parameters'>>,
): WorkflowDocumentInput {
  return {
    name,
    nodes: nodes.map((node, index) => ({ ...node, id: `n${index}`, position: [index * 200, 0] })),
    connections: nodes
      .slice(1)
      .map((_node, index) => ({ from: { node: `n${index}` }, to: { node: `n${index + 1}` } })),
  };
}

const webhook = (path: string, respond: 'at-end' | 'respond-node' = 'at-end') => ({
  name: 'Webhook',
  type: 'webhook-trigger',
  parameters: { path, methods: ['POST'], respond },
});
const set = (name: string, field: string, value: string) => ({
  name,
  type: 'set-fields',
  parameters: { mode: 'fields', assignments: [{ name: field, type: 'any', value }], include: 'all' },
});
const code = (text: string) => ({
  name: 'Code',
  type: 'code',
  parameters: { mode: 'all-items', code: text },
});

export const echoWorkflow = (): WorkflowDocumentInput => inARow('echo', [webhook('echo')]);

export const waitWorkflow = (): WorkflowDocumentInput =>
  inARow('wait', [
    webhook('wait'),
    { name: 'Wait', type: 'wait', parameters: { until: 'interval', amount: 1, unit: 'seconds' } },
  ]);

export const transformWorkflow = (): WorkflowDocumentInput =>
  inARow('transform', [
    webhook('transform', 'respond-node'),
    set('Set', 'total', '={{ $json.body.amount * 2 }}'),
    {
      name: 'If',
      type: 'if',
      parameters: {
        conditions: {
          combinator: 'and',
          conditions: [{ left: '={{ $json.total }}', type: 'number', operation: 'greater', right: 10 }],
        },
      },
    },
    code('return $input.all().map((item) => ({ json: { total: item.json.total, isLarge: true } }));'),
    { name: 'Respond', type: 'respond-to-webhook', parameters: {} },
  ]);

/** A webhook and `length` set nodes, each adding one. */
export const chainWorkflow = (length: number): WorkflowDocumentInput =>
  inARow('chain', [
    webhook('chain'),
    set('Begin', 'n', '={{ $json.body.n }}'),
    ...Array.from({ length: length - 1 }, (_, index) => set(`Set ${index}`, 'n', '={{ $json.n + 1 }}')),
  ]);

/** Waits for longer than any measurement. */
export const longWaitWorkflow = (): WorkflowDocumentInput =>
  inARow('long-wait', [
    { ...webhook('long-wait'), parameters: { ...webhook('long-wait').parameters, respond: 'immediately' } },
    { name: 'Wait', type: 'wait', parameters: { amount: 1, unit: 'days' } },
  ]);

export const requestsWorkflow = (url: string): WorkflowDocumentInput =>
  inARow('requests', [
    webhook('requests'),
    code('return Array.from({ length: 20 }, (_, id) => ({ json: { id } }));'),
    { name: 'Request', type: 'http-request', parameters: { method: 'GET', url, concurrency: 10 } },
  ]);

/** Goes on once the server answers. */
export const inFlightWorkflow = (url: string): WorkflowDocumentInput =>
  inARow('in-flight', [
    { name: 'Webhook', type: 'webhook-trigger', parameters: { path: 'in-flight', methods: ['POST'] } },
    { name: 'Request', type: 'http-request', parameters: { method: 'GET', url } },
  ]);

interface BenchRecord {
  id: number;
  name: string;
  amount: number;
}

export function makeRecords(count: number): BenchRecord[] {
  return Array.from({ length: count }, (_, id) => ({ id, name: `record ${id}`, amount: (id * 7919) % 1000 }));
}

/** Makes the records inside, so that sending them in does not count. */
export const pipelineWorkflow = (count: number): WorkflowDocumentInput =>
  inARow('pipeline', [
    webhook('pipeline'),
    code(
      `return Array.from({ length: ${count} }, (_, id) => ({ json: { id, name: 'record ' + id, amount: (id * 7919) % 1000 } }));`,
    ),
    set('Set', 'tax', '={{ $json.amount * 0.19 }}'),
    {
      name: 'Filter',
      type: 'filter',
      parameters: {
        conditions: {
          combinator: 'and',
          conditions: [{ left: '={{ $json.amount }}', type: 'number', operation: 'greater', right: 100 }],
        },
      },
    },
    {
      ...code(
        'return $input.all().map(({ json }) => ({ json: { ...json, gross: json.amount + json.tax } }));',
      ),
      name: 'Code 2',
    },
    { name: 'Sort', type: 'sort', parameters: { fields: [{ field: 'gross', order: 'desc' }] } },
    {
      name: 'Aggregate',
      type: 'aggregate',
      parameters: { mode: 'all-items', destination: 'records' },
    },
  ]);

/** What the pipeline does, by hand. */
export function pipelineInPlainJavaScript(records: BenchRecord[]): { records: unknown[] } {
  return {
    records: records
      .map((record) => ({ ...record, tax: record.amount * 0.19 }))
      .filter((record) => record.amount > 100)
      .map((record) => ({ ...record, gross: record.amount + record.tax }))
      .sort((a, b) => b.gross - a.gross),
  };
}
