import { pino } from 'pino';
import {
  type ExecutionSummary,
  WorkflowDocument,
  type Item,
  type WorkflowDocumentInput,
  type WorkflowNode,
} from '../../contract/index.ts';
import type { ExpressionEngine } from '../expression/index.ts';
import { EngineError } from '../kernel/index.ts';
import { FakeClock } from '../kernel/fake-clock.ts';
import { defineNode, defineTrigger, MAIN_PORT, type NodeDefinition } from '../node-kit/index.ts';
import type { ExecutionStore, ExecutionWrite, Storage } from '../storage/index.ts';
import type { AdmissionLimits } from './admission.ts';
import { createCompiler } from './compiled-workflow.ts';
import { createEventHub } from './event-hub.ts';
import { createExecutionService } from './service.ts';
import type { ExecutionServices } from './services.ts';
import type { ExecutionResult, StartRequest } from './types.ts';

type Execute = NonNullable<NodeDefinition['execute']>;

/** A node type made for one test. */
export function nodeType(
  type: string,
  execute: Execute,
  about: Partial<NodeDefinition> = {},
): NodeDefinition {
  return {
    ...defineNode({
      type,
      version: 1,
      group: 'data',
      inputs: MAIN_PORT,
      outputs: MAIN_PORT,
      parameters: {},
      effect: 'pure',
      execute,
    }),
    ...about,
  };
}

const BASIC_TYPES: NodeDefinition[] = [
  defineTrigger({
    type: 'start',
    version: 1,
    outputs: MAIN_PORT,
    parameters: {},
    trigger: { kind: 'manual' },
  }),
  nodeType('pass', ({ items }) => items.map((item, index) => ({ ...item, pairedItem: { item: index } }))),
  nodeType('boom', () => {
    throw new Error('boom');
  }),
];

/** `a>b`, `a.1>b` (output 1 of a), `a>b.1` (input 1 of b). */
export function wire(...wires: string[]): WorkflowDocumentInput['connections'] {
  const end = (text: string) => {
    const [node = '', index = '0'] = text.split('.');
    return { node, index: Number(index) };
  };
  return wires.map((text) => {
    const [from = '', to = ''] = text.split('>');
    return { from: end(from), to: end(to) };
  });
}

/** Nodes by id, which is also their name; they stand one below the other. */
export function nodes(
  types: Record<string, string | (Partial<WorkflowNode> & { type: string })>,
): WorkflowDocumentInput['nodes'] {
  return Object.entries(types).map(([id, about], row) => ({
    id,
    name: id,
    position: [0, row * 100],
    ...(typeof about === 'string' ? { type: about } : about),
  }));
}

/** The execution service on a clock that stands still and a store that keeps what was committed, or a real one. */
export function createRig(
  types: NodeDefinition[] = [],
  real: { storage?: Storage; clock?: FakeClock; bootId?: string; limits?: Partial<AdmissionLimits> } = {},
) {
  const clock = real.clock ?? new FakeClock();
  const commits: ExecutionWrite[] = [];
  const definitions = new Map([...BASIC_TYPES, ...types].map((definition) => [definition.type, definition]));
  const notUsed = () => {
    throw new EngineError('INTERNAL', { reason: 'not part of this test' });
  };
  const store =
    real.storage?.executions ??
    ({
      commit: (write: ExecutionWrite) => {
        commits.push(
          structuredClone({
            ...write,
            nodeRuns: write.nodeRuns?.map(({ outputs, ...run }) => ({
              ...run,
              outputs: outputs.map((list) => list.read()),
            })),
          }) as never,
        );
        return Promise.resolve();
      },
      get: () => Promise.resolve(null),
    } as unknown as ExecutionStore);
  /** Executions that were told to have ended. */
  const finished: ExecutionSummary[] = [];
  const expressions: ExpressionEngine = { compile: notUsed, evaluate: notUsed };
  const services: ExecutionServices = {
    store,
    startKeys: real.storage?.startKeys ?? { holders: () => Promise.resolve([]) },
    workflows: real.storage?.workflows ?? { published: () => Promise.resolve(null) },
    keptData: { get: () => Promise.resolve(undefined), set: notUsed },
    dataTables: real.storage?.dataTables ?? { rows: notUsed, write: notUsed },
    expressions,
    code: { run: notUsed },
    commands: { run: notUsed },
    tasks: { run: notUsed, dispose: () => undefined },
    http: { request: notUsed },
    connections: { use: notUsed },
    binary: { write: notUsed, read: notUsed, stream: notUsed },
    files: { find: notUsed, read: notUsed, write: notUsed },
    reveal: notUsed,
    resumeUrl: (kind, token) => `http://test/${kind}-waiting/${token}`,
    executionUrl: (id) => `http://localhost/#/executions/${id}`,
    onPending: () => undefined,
    onCallback: () => undefined,
    onFinished: (summary) => void finished.push(summary),
    events: createEventHub({ capacity: 1000, now: () => clock.now() }),
    clock,
    logger: pino({ level: 'silent' }),
    bootId: real.bootId ?? 'boot',
    env: {},
    timezone: 'Asia/Shanghai',
    spillBytes: 1 << 30,
    limits: { running: 1000, queued: 1000, ...real.limits },
  };
  const compiler = createCompiler(
    { load: () => Promise.resolve(), get: (type) => definitions.get(type), upgrade: (node) => node },
    expressions,
  );
  const service = createExecutionService(services, compiler);
  const start = (document: Omit<WorkflowDocumentInput, 'name'>, request: Partial<StartRequest> = {}) =>
    service.start({
      document: WorkflowDocument.parse({ name: 'test', ...document }),
      workflowId: null,
      version: null,
      mode: 'manual',
      store: 'first-write',
      ...request,
    });
  return {
    clock,
    commits,
    finished,
    services,
    service,
    start,
    async run(
      document: Omit<WorkflowDocumentInput, 'name'>,
      request: Partial<StartRequest> = {},
    ): Promise<ExecutionResult> {
      return (await start(document, request)).finished;
    },
    /** Names of the nodes in the order of finishing, as committed. */
    order: () =>
      commits
        .flatMap((write) => write.nodeRuns ?? [])
        .filter(({ status }) => status !== 'running' && status !== 'waiting')
        .map(({ nodeName }) => nodeName),
    /** What each run of a node gave, per port, as `json` values. */
    outputs: (name: string): unknown[][][] =>
      commits
        .flatMap((write) => write.nodeRuns ?? [])
        .filter((run) => run.nodeName === name && run.status !== 'running')
        .map((run) => run.outputs.map((list) => (list as unknown as Item[]).map((item) => item.json))),
  };
}

export const numbers = (...values: number[]): Item[] => values.map((n) => ({ json: { n } }));
