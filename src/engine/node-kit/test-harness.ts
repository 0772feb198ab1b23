import { createHash } from 'node:crypto';
import {
  resolvePorts,
  withDefaults,
  type BinaryReference,
  type ConsoleLine,
  type ExecutionMarks,
  type Item,
  type OnError,
} from '../../contract/index.ts';
import { FakeClock } from '../kernel/fake-clock.ts';
import { NodeError, silentLogger, type Clock } from '../kernel/index.ts';
import type { Connections } from './connections.ts';
import type { BinaryStore, ExecuteContext, Task, WebhookResponse } from './context.ts';
import type { NodeDefinition } from './definition.ts';
import type { DataTables } from './data-tables.ts';
import type { HttpClient } from './http-client.ts';
import { EMPTY_ITEM_LIST, itemListOf, type ItemList } from './item-list.ts';
import type { LocalFiles } from './local-files.ts';
import type { NodeOutput, WaitRequest } from './output.ts';
import { describeParameters, type ParameterMap } from './parameters.ts';
import { parseParameters } from './parse-parameters.ts';
import { runPerItem } from './per-item.ts';

type Values = Record<string, unknown>;

export interface RunNodeOptions {
  /** The resolved values: the same for all items, or made per item. */
  parameters?: Values | ((itemIndex: number) => Values);
  /** Items of the first input. */
  items?: readonly Item[];
  /** Items per input, instead of `items`. */
  inputs?: ReadonlyArray<readonly Item[]>;
  /** Where the first input's items come from, "previous" when not said. */
  sourceNodeId?: string;
  onError?: OnError;
  /** Credential slot to type and decrypted fields. */
  credentials?: Record<string, { type: string; data: Record<string, string> }>;
  http?: HttpClient;
  connections?: Connections;
  tables?: DataTables;
  binary?: BinaryStore;
  files?: LocalFiles;
  clock?: Clock;
  timezone?: string;
  runIndex?: number;
  execution?: Partial<ExecuteContext['execution']>;
  /** Hand in the same object again to run the node a second time in one execution. */
  state?: Record<string, unknown>;
  /** What earlier executions kept, by `scope:name`; hand in the same map again for the next execution. */
  kept?: Map<string, unknown>;
  signal?: AbortSignal;
  /** Without it, deferred parameters must not be expressions. */
  resolve?: ExecuteContext['resolve'];
  /** Without it, texts must hold no expressions. */
  pieces?: ExecuteContext['pieces'];
  runCode?: ExecuteContext['runCode'];
  /** The functions that `context.compute` calls, by name, here in this process. */
  tasks?: Record<string, Task>;
  runCommand?: ExecuteContext['runCommand'];
  runWorkflow?: ExecuteContext['runWorkflow'];
  /** Answers for `context.respond`; without it the first answer is taken and later ones refused. */
  respond?: ExecuteContext['respond'];
}

export interface NodeRunResult {
  /** One list per output; with `onError: error-output` the error port is the last. */
  ports: Item[][];
  wait?: WaitRequest['wait'];
  logs: ConsoleLine[];
  responses: WebhookResponse[];
  marks: ExecutionMarks;
}

/** Runs one node as the run loop would, with everything around it in memory. For tests. */
export async function runNode<P extends ParameterMap>(
  definition: NodeDefinition<P>,
  options: RunNodeOptions = {},
): Promise<NodeRunResult> {
  if (!definition.execute)
    throw new Error(`${definition.type} passes on what woke it: there is nothing to run`);
  const { onError = 'stop' } = options;
  const clock = options.clock ?? new FakeClock();
  const lists = options.inputs ?? [options.items ?? []];
  const items = lists[0] ?? [];
  const signal = options.signal ?? new AbortController().signal;
  const logs: ConsoleLine[] = [];
  const responses: WebhookResponse[] = [];
  const kept = options.kept ?? new Map<string, unknown>();
  const given: ExecutionMarks = {};
  const valuesOf = (index: number): Values =>
    typeof options.parameters === 'function' ? options.parameters(index) : (options.parameters ?? {});
  const settings = withDefaults(describeParameters(definition.parameters), valuesOf(0));
  const outputPorts = resolvePorts(definition.outputs, settings).filter(({ kind }) => kind === 'main');
  const inputPorts = resolvePorts(definition.inputs, settings).filter(({ kind }) => kind === 'main');
  const inputCount = Math.max(inputPorts.length, lists.length);
  const notGiven = (what: string) => () => Promise.reject(new Error(`This test gave no ${what}`));

  const context: ExecuteContext<P> = {
    items,
    inputs: Array.from({ length: inputCount }, (_, index) =>
      lists[index] ? itemListOf(lists[index]) : EMPTY_ITEM_LIST,
    ),
    sources: Array.from({ length: inputCount }, (_, index) =>
      lists[index]
        ? { nodeId: options.sourceNodeId ?? 'previous', outputIndex: index, runIndex: options.runIndex ?? 0 }
        : null,
    ),
    outputPorts,
    parameters: (itemIndex = 0) => parseParameters(definition.parameters, valuesOf(itemIndex)),
    resolve: options.resolve ?? ((written) => Promise.resolve({ ...written })),
    pieces: options.pieces ?? ((text) => Promise.resolve([{ text }])),
    rawParameters: valuesOf(0),
    perItem: (work, { concurrency } = {}) =>
      runPerItem({ items, work, onError, outputCount: outputPorts.length, concurrency, signal }),
    async collect(chunks) {
      const all: Item[] = [];
      for await (const chunk of chunks) all.push(...chunk);
      return itemListOf(all);
    },
    credential: (slot) => Promise.resolve(options.credentials?.[slot] ?? null),
    http: options.http ?? { request: notGiven('http client') },
    connections: options.connections ?? { use: notGiven('connections') },
    tables: options.tables ?? { rows: notGiven('tables'), write: notGiven('tables') },
    binary: options.binary ?? memoryBinaryStore(),
    files: options.files ?? {
      find: notGiven('files'),
      read: notGiven('files'),
      write: notGiven('files'),
    },
    runCode: options.runCode ?? notGiven('runCode'),
    runCommand: options.runCommand ?? notGiven('runCommand'),
    async compute<T extends Task>(name: string, input: Parameters<T>[0]): Promise<Awaited<ReturnType<T>>> {
      const task = options.tasks?.[name];
      if (!task) throw new Error(`This test gave no task "${name}"`);
      // As data that comes from another process would be.
      return structuredClone(await task(structuredClone(input))) as Awaited<ReturnType<T>>;
    },
    runWorkflow: options.runWorkflow ?? notGiven('runWorkflow'),
    respond(response) {
      const taken = options.respond ? options.respond(response) : responses.length === 0;
      if (taken) responses.push(response);
      return taken;
    },
    state: options.state ?? {},
    kept: {
      get: (scope, name) => Promise.resolve(structuredClone(kept.get(`${scope}:${name}`))),
      set: (scope, name, value) => void kept.set(`${scope}:${name}`, structuredClone(value)),
    },
    mark: (marks) => void Object.assign(given, marks),
    log: (level, text) => void logs.push({ level, text, at: clock.now() }),
    logger: silentLogger,
    signal,
    idempotencyKey: (unit) => `test-key-${unit}`,
    now: () => clock.now(),
    timezone: options.timezone ?? 'UTC',
    node: { id: 'node-1', name: definition.type },
    runIndex: options.runIndex ?? 0,
    execution: {
      id: 'execution-1',
      mode: 'manual',
      workflowId: null,
      workflowName: 'Test',
      ...options.execution,
    },
  };

  const output = await definition.execute(context);
  const ports = portsOf(output);
  const expected = outputPorts.length + (onError === 'error-output' ? 1 : 0);
  while (ports.length < expected) ports.push([]);
  return { ports, ...(isWait(output) && { wait: output.wait }), logs, responses, marks: given };
}

/** Items with these `json` values. */
export function items(...jsons: Array<Item['json']>): Item[] {
  return jsons.map((json) => ({ json }));
}

/** A binary store that forgets everything with the test. */
export function memoryBinaryStore(): BinaryStore {
  const blobs = new Map<string, Buffer>();
  const read = (reference: BinaryReference): Buffer => {
    const blob = blobs.get(reference.blobId);
    if (!blob) throw new NodeError('BINARY_MISSING', { field: reference.blobId });
    return blob;
  };
  return {
    async write(content, { mimeType, fileName }) {
      const chunks: Uint8Array[] = [];
      if (content instanceof Uint8Array) chunks.push(content);
      else for await (const chunk of content) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const blobId = `blob-${sha256.slice(0, 16)}`;
      blobs.set(blobId, bytes);
      return { blobId, mimeType, ...(fileName !== undefined && { fileName }), size: bytes.length, sha256 };
    },
    read: async (reference) => read(reference),
    async *stream(reference) {
      yield read(reference);
    },
  };
}

function isWait(output: NodeOutput): output is WaitRequest {
  return 'wait' in output;
}

function portsOf(output: NodeOutput): Item[][] {
  const lists: ReadonlyArray<readonly Item[] | ItemList> = 'ports' in output ? output.ports : [output];
  return lists.map((list) => [...('read' in list ? list.read() : list)]);
}
