import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { WorkflowDocument, type Locale, type WorkflowDocumentInput } from '../../contract/index.ts';
import {
  createCompiler,
  createEventHub,
  createExecutionService,
  createTriggerParameters,
} from '../execution/index.ts';
import { EngineError, silentLogger } from '../kernel/index.ts';
import { FakeClock } from '../kernel/fake-clock.ts';
import { defineNode, MAIN_PORT, type NodeDefinition } from '../node-kit/index.ts';
import { respondToWebhook } from '../nodes/core/respond-to-webhook/respond-to-webhook.node.ts';
import { scheduleTrigger } from '../nodes/core/schedule-trigger/schedule-trigger.node.ts';
import { webhookTrigger } from '../nodes/core/webhook-trigger/webhook-trigger.node.ts';
import { openStorage } from '../storage/index.ts';
import type { RevealedCredential } from './authenticate.ts';
import { createTriggers, type Triggers } from './create-triggers.ts';
import type { TriggerServices } from './trigger-services.ts';
import type { WebhookReply, WebhookRequest } from './webhook-call.ts';

type Execute = NonNullable<NodeDefinition['execute']>;

function nodeType(type: string, execute: Execute): NodeDefinition {
  return defineNode({
    type,
    version: 1,
    group: 'data',
    inputs: MAIN_PORT,
    outputs: MAIN_PORT,
    parameters: {},
    effect: 'pure',
    execute,
  });
}

/** The triggers over a real database and the real run loop, on a clock that stands still. The caller closes it. */
export async function createRig(start?: string, more: readonly unknown[] = []) {
  const clock = new FakeClock(start === undefined ? undefined : Date.parse(start));
  const folder = mkdtempSync(join(tmpdir(), 'guixuflow-triggers-'));
  const storage = await openStorage({ kind: 'sqlite', dataDir: folder });
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const definitions = [
    ...more,
    webhookTrigger,
    scheduleTrigger,
    respondToWebhook,
    nodeType('pass', ({ items }) => items.map((item, index) => ({ ...item, pairedItem: { item: index } }))),
    nodeType('boom', () => {
      throw new Error('boom');
    }),
    /** Runs until the test lets it go. */
    nodeType('hold', async ({ items }) => {
      await held;
      return items;
    }),
  ] as NodeDefinition[];
  const nodeTypes = {
    load: () => Promise.resolve(),
    get: (type: string) => definitions.find((definition) => definition.type === type),
    upgrade: <N>(node: N) => node,
  };
  const notUsed = () => {
    throw new EngineError('INTERNAL', { reason: 'not part of this test' });
  };
  const credentials = new Map<string, RevealedCredential>();
  const failures: Array<{ name: string; error: unknown }> = [];
  const statusChanges: string[] = [];
  const executionServices = {
    store: storage.executions,
    startKeys: storage.startKeys,
    workflows: storage.workflows,
    keptData: storage.keptData,
    dataTables: storage.dataTables,
    expressions: { compile: notUsed, evaluate: notUsed },
    code: { run: notUsed },
    commands: { run: notUsed },
    tasks: { run: notUsed, dispose: () => undefined },
    http: { request: notUsed },
    connections: { use: notUsed },
    binary: storage.blobs,
    files: { find: notUsed, read: notUsed, write: notUsed },
    reveal: notUsed,
    resumeUrl: (kind: string, token: string) => `http://127.0.0.1:5680/${kind}-waiting/${token}`,
    executionUrl: (id: string) => `http://localhost/#/executions/${id}`,
    onPending: () => undefined,
    onCallback: () => undefined,
    onFinished: () => undefined,
    events: createEventHub({ capacity: 10, now: () => clock.now() }),
    clock,
    logger: silentLogger,
    bootId: 'boot',
    env: {},
    timezone: 'UTC',
    spillBytes: 1 << 30,
    limits: { running: 1000, queued: 1000 },
  };
  const compiler = createCompiler(nodeTypes, executionServices.expressions);
  const executions = createExecutionService(executionServices, compiler);
  const services: TriggerServices = {
    workflows: storage.workflows,
    startKeys: storage.startKeys,
    schedules: storage.schedules,
    executions,
    pending: storage.pending,
    keptData: storage.keptData,
    files: executionServices.files,
    http: executionServices.http,
    connections: executionServices.connections,
    onTriggerStatus: (workflowId) => void statusChanges.push(workflowId),
    onTriggerFailure: ({ name }, error) => failures.push({ name, error }),
    findNodeType: nodeTypes.get,
    findPageType: (type) => nodeTypes.get(type)?.showsPages ?? false,
    resolveParameters: createTriggerParameters(executionServices, compiler),
    revealCredential(id) {
      const credential = credentials.get(id);
      return credential
        ? Promise.resolve(credential)
        : Promise.reject(new EngineError('CREDENTIAL_NOT_FOUND', { id }));
    },
    blobs: storage.blobs,
    limits: { body: 1000, upload: 100_000 },
    clock,
    logger: silentLogger,
    timezone: 'UTC',
    webhookBaseUrl: () => 'http://127.0.0.1:5680/webhook',
  };
  const triggers = createTriggers(services);
  const others: Triggers[] = [];

  const insert = async (id: string, document: WorkflowDocumentInput) =>
    storage.workflows.insert({ id, document: WorkflowDocument.parse(document), now: clock.now() });
  const publish = async (id: string, document: WorkflowDocumentInput) => {
    await insert(id, document);
    return storage.workflows.publish(id, clock.now());
  };
  return {
    clock,
    /** The data folder. */
    folder,
    storage,
    triggers,
    credentials,
    /** What fired and could not be started. */
    failures,
    /** Ids of workflows whose triggers were connected or lost. */
    statusChanges,
    executions,
    release: () => release(),
    insert,
    publish,
    /** Publishes this document as the next version of an active workflow, and activates it. */
    async republish(id: string, document: WorkflowDocumentInput) {
      const { revision } = (await storage.workflows.get(id))!;
      await storage.workflows.saveDraft({
        id,
        revision,
        document: WorkflowDocument.parse(document),
        now: clock.now(),
      });
      await triggers.activate(await storage.workflows.publish(id, clock.now()));
    },
    /** Resolves once the workflow has a published version. */
    async published(id: string) {
      while (!(await storage.workflows.published(id))) await new Promise((resolve) => setImmediate(resolve));
    },
    listen: (workflowId: string, document: WorkflowDocumentInput, nodeId: string) =>
      triggers.listen({ workflowId, document: WorkflowDocument.parse(document), nodeId }),
    async activate(id: string, document: WorkflowDocumentInput) {
      await triggers.activate(await publish(id, document));
    },
    /** Triggers of another process over the same database, begun with all that is active. */
    async watchToo() {
      const other = createTriggers(services);
      others.push(other);
      await other.start();
    },
    /** Resolves once no execution is under way. */
    async idle() {
      while (executions.running().length > 0) await new Promise((resolve) => setImmediate(resolve));
    },
    async executionsOf(workflowId: string) {
      const page = await storage.executions.list({ limit: 100, workflowId });
      return page.items.map(({ status, mode, version }) => ({ status, mode, version }));
    },
    async close() {
      release();
      for (const each of [triggers, ...others]) await each.stop();
      await executions.drain(1000);
      await storage.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A workflow of these nodes, one after the other, named by their types. */
export function chain(
  name: string,
  ...nodes: Array<{ type: string } & Partial<WorkflowDocumentInput['nodes'][number]>>
): WorkflowDocumentInput {
  return {
    name,
    nodes: nodes.map((node, index) => ({ id: `n${index}`, name: node.type, ...node })),
    connections: nodes
      .slice(1)
      .map((_node, index) => ({ from: { node: `n${index}` }, to: { node: `n${index + 1}` } })),
  };
}

export function webhook(parameters: Record<string, unknown>, credentials?: Record<string, string>) {
  return { type: 'webhook-trigger', parameters, ...(credentials && { credentials }) };
}

export function call(
  path: string,
  request: Partial<Omit<WebhookRequest, 'body' | 'locale'>> & {
    body?: string | Buffer;
    locale?: Locale;
  } = {},
): WebhookRequest {
  const { body = '', ...rest } = request;
  return {
    test: false,
    kind: 'webhook',
    method: 'POST',
    path,
    queryText: '',
    headers: {},
    ip: '127.0.0.1',
    requestId: 'r1',
    locale: 'en',
    ...rest,
    body: body.length === 0 ? null : Readable.from([Buffer.from(body)]),
  };
}

export function jsonOf(reply: WebhookReply): unknown {
  return JSON.parse(String(reply.body));
}
