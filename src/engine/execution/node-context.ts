import { createHash } from 'node:crypto';
import type { ConsoleLine, ExecutionMarks, Item, ResolvedPort } from '../../contract/index.ts';
import { splitText, type CodeRunOptions, type ExpressionScope, type PageScope } from '../expression/index.ts';
import { NodeError, type Logger } from '../kernel/index.ts';
import {
  EMPTY_ITEM_LIST,
  errorItem,
  hasRoomFor,
  LONGEST_MARK_KEY,
  MOST_MARKS,
  runPerItem,
  toPorts,
  withMark,
  type BinaryStore,
  type CodeRequest,
  type CommandResult,
  type Connections,
  type DataTables,
  type ExecuteContext,
  type HttpClient,
  type ItemList,
  type LocalFiles,
  type NodeOutput,
  type PerItemResult,
  type RevealedCredential,
  type Task,
  type TextPiece,
  type UnitLedger,
  type WebhookResponse,
} from '../node-kit/index.ts';
import { keptKey, type KeptChange } from './kept-values.ts';
import type { ParameterReader } from './parameter-reader.ts';
import type { ReadyRun } from './delivery-queue.ts';
import type { ExecutionServices, SubWorkflowRequest } from './services.ts';
import { resolveDeferred } from './resolve-deferred.ts';
import type { Spill } from './spill.ts';

/** What a context needs to know of the execution it lives in. */
export interface ExecutionHandle {
  readonly services: ExecutionServices;
  readonly about: ExecuteContext['execution'];
  readonly timezone: string;
  readonly signal: AbortSignal;
  stateOf(nodeId: string): Record<string, unknown>;
  respond(response: WebhookResponse): boolean;
  keptValue(key: string): Promise<unknown>;
  readonly marks: ExecutionMarks;
  mark(marks: ExecutionMarks): void;
  runWorkflow(request: SubWorkflowRequest, call: string): Promise<{ executionId: string; items: Item[] }>;
}

/** Everything one run of one node may do. */
export class NodeContext implements ExecuteContext {
  readonly items: readonly Item[];
  readonly inputs: readonly ItemList[];
  readonly runIndex: number;
  readonly parameters: ParameterReader;
  readonly logs: ConsoleLine[] = [];
  readonly signal: AbortSignal;
  /** What the node keeps, once it has succeeded. */
  readonly keptChanges = new Map<string, KeptChange>();
  readonly #execution: ExecutionHandle;
  readonly #run: ReadyRun;
  readonly #spill: Spill;
  readonly #scope: ExpressionScope;
  readonly #units: UnitLedger | undefined;
  readonly #onLog: (line: ConsoleLine) => void;

  constructor(options: {
    execution: ExecutionHandle;
    run: ReadyRun;
    spill: Spill;
    runIndex: number;
    items: readonly Item[];
    scope: ExpressionScope;
    parameters: ParameterReader;
    signal: AbortSignal;
    units?: UnitLedger;
    onLog(line: ConsoleLine): void;
  }) {
    this.#execution = options.execution;
    this.#run = options.run;
    this.#spill = options.spill;
    this.#scope = options.scope;
    this.#units = options.units;
    this.#onLog = options.onLog;
    this.items = options.items;
    this.inputs = options.run.inputs.map((list) => list ?? EMPTY_ITEM_LIST);
    this.runIndex = options.runIndex;
    this.parameters = options.parameters;
    this.signal = options.signal;
  }

  get sources(): ExecuteContext['sources'] {
    return this.#run.sources;
  }

  get outputPorts(): readonly ResolvedPort[] {
    return this.#run.node.outputs;
  }

  get rawParameters(): Readonly<Record<string, unknown>> {
    return this.#run.node.node.parameters;
  }

  resolve<K extends string>(
    written: Readonly<Record<K, string>>,
    itemIndex: number,
    page: PageScope,
  ): Promise<Record<K, unknown>> {
    const { expressions } = this.#execution.services;
    const scope = { ...this.#scope, page };
    return resolveDeferred(expressions, { written, scope, itemIndex, signal: this.signal });
  }

  async pieces(text: string, itemIndex: number): Promise<TextPiece[]> {
    const { expressions } = this.#execution.services;
    const parts = splitText(text);
    const written = Object.fromEntries(
      parts.flatMap((part, index) => (part.kind === 'code' ? [[String(index), `={{${part.code}}}`]] : [])),
    );
    const about = { written, scope: this.#scope, itemIndex, signal: this.signal };
    const values = await resolveDeferred(expressions, about);
    return parts.map((part, index) =>
      part.kind === 'text' ? { text: part.text } : { value: values[String(index)] },
    );
  }

  get node(): { id: string; name: string } {
    return this.#run.node.node;
  }

  get execution(): ExecuteContext['execution'] {
    return this.#execution.about;
  }

  get timezone(): string {
    return this.#execution.timezone;
  }

  get tables(): DataTables {
    const { dataTables } = this.#execution.services;
    return {
      rows: (query) => dataTables.rows(query),
      write: (id, change, unit) => {
        this.signal.throwIfAborted();
        const once = { key: this.idempotencyKey(unit), executionId: this.execution.id };
        return dataTables.write(id, change, { now: this.now(), once });
      },
    };
  }

  get binary(): BinaryStore {
    return this.#execution.services.binary;
  }

  get files(): LocalFiles {
    return this.#execution.services.files;
  }

  get logger(): Logger {
    return this.#execution.services.logger;
  }

  get state(): Record<string, unknown> {
    return this.#execution.stateOf(this.node.id);
  }

  get kept(): ExecuteContext['kept'] {
    return {
      get: (scope, name) => this.#kept(keptKey(scope, this.node.id, name)),
      set: (scope, name, value) => this.#keep(keptKey(scope, this.node.id, name), value, true),
    };
  }

  mark(marks: ExecutionMarks): void {
    this.#execution.mark(marks);
  }

  /** Requests end with the execution, whatever else the node asks for. */
  get http(): HttpClient {
    const { http } = this.#execution.services;
    return {
      request: (request) =>
        http.request({
          ...request,
          signal: request.signal ? AbortSignal.any([request.signal, this.signal]) : this.signal,
        }),
    };
  }

  /** A user who waits for a connection gives up with the execution. */
  get connections(): Connections {
    const { connections } = this.#execution.services;
    return {
      use: (connector, settings, work, signal = this.signal) =>
        connections.use(connector, settings, work, signal),
    };
  }

  perItem(
    work: (item: Item, itemIndex: number) => PerItemResult | Promise<PerItemResult>,
    options?: { concurrency?: number },
  ): Promise<NodeOutput> {
    return runPerItem({
      items: this.items,
      work,
      onError: this.#run.node.node.onError ?? 'stop',
      outputCount: this.#run.node.outputs.length,
      concurrency: options?.concurrency,
      signal: this.signal,
      units: this.#units,
    });
  }

  async collect(chunks: AsyncIterable<readonly Item[]>): Promise<ItemList> {
    const writer = this.#spill.open();
    try {
      for await (const items of chunks) {
        this.signal.throwIfAborted();
        writer.add(items);
      }
    } catch (error) {
      // Closes what was opened on disk.
      writer.finish();
      throw error;
    }
    return writer.finish();
  }

  async credential(slot: string, refused?: string): Promise<RevealedCredential | null> {
    const id = this.#run.node.node.credentials?.[slot];
    return id ? await this.#execution.services.reveal(id, refused) : null;
  }

  async runCode(request: CodeRequest): Promise<NodeOutput> {
    const { onError = 'stop' } = this.#run.node.node;
    const failed: Item[] = [];
    const items = await this.#execution.services.code.run(
      request,
      { ...this.#scope, customData: this.#customData() },
      {
        signal: this.signal,
        log: (level, text) => this.log(level, text),
        storeFile: (content, about) => this.binary.write(content, about),
        staticData: this.#staticData(),
        ...(onError !== 'stop' && {
          onItemError: (error, index) => {
            const item = errorItem(this.items[index] as Item, index, error, onError);
            if (onError === 'continue') return item;
            failed.push(item);
            return undefined;
          },
        }),
      },
    );
    return onError === 'error-output' ? toPorts(items, failed) : items;
  }

  runCommand(command: string): Promise<CommandResult> {
    return this.#execution.services.commands.run(command, this.signal);
  }

  async compute<T extends Task>(
    name: string,
    input: Parameters<T>[0],
    { timeoutMs }: { timeoutMs?: number } = {},
  ): Promise<Awaited<ReturnType<T>>> {
    const { tasks, clock } = this.#execution.services;
    const ending = new AbortController();
    const callOff =
      timeoutMs === undefined
        ? undefined
        : clock.schedule(timeoutMs, () =>
            ending.abort(new NodeError('TASK_TIMEOUT', { limitMs: timeoutMs })),
          );
    try {
      const signal = AbortSignal.any([this.signal, ending.signal]);
      const path = `${this.#run.node.node.type}/${name}`;
      return (await tasks.run(path, input, signal)) as Awaited<ReturnType<T>>;
    } finally {
      callOff?.();
    }
  }

  runWorkflow({
    unit = 0,
    ...request
  }: Parameters<ExecuteContext['runWorkflow']>[0]): Promise<{ executionId: string; items: Item[] }> {
    return this.#execution.runWorkflow(request, `${this.node.id}/${this.runIndex}/${unit}`);
  }

  respond(response: WebhookResponse): boolean {
    return this.#execution.respond(response);
  }

  log(level: ConsoleLine['level'], text: string): void {
    const line = { level, text, at: this.now() };
    this.logs.push(line);
    this.#onLog(line);
  }

  idempotencyKey(unit: number): string {
    return createHash('sha256')
      .update(JSON.stringify([this.execution.id, this.node.id, this.runIndex, unit]))
      .digest('hex');
  }

  now(): number {
    return this.#execution.services.clock.now();
  }

  /** As in n8n, a name that is too long is cut, and one too many is left out. */
  #customData(): ExpressionScope['customData'] {
    const all = () => this.#execution.marks;
    return {
      all,
      set: (name, value) => {
        const key = name.slice(0, LONGEST_MARK_KEY);
        if (hasRoomFor(all(), key)) this.#execution.mark(withMark({}, key, value));
        else this.log('warn', `customData holds ${MOST_MARKS} names at most; "${key}" is left out.`);
      },
    };
  }

  /** As in n8n, what a manual execution changes in it is gone with the execution. */
  #staticData(): NonNullable<CodeRunOptions['staticData']> {
    const keys = {
      global: keptKey('workflow', this.node.id, 'static'),
      node: keptKey('node', this.node.id, 'static'),
    };
    return {
      read: async () => ({
        global: (await this.#kept(keys.global)) ?? {},
        node: (await this.#kept(keys.node)) ?? {},
      }),
      write: (changed) => {
        const isLasting = this.execution.mode !== 'manual';
        this.#keep(keys.global, changed.global, isLasting);
        this.#keep(keys.node, changed.node, isLasting);
      },
    };
  }

  async #kept(key: string): Promise<unknown> {
    const changed = this.keptChanges.get(key);
    return changed ? structuredClone(changed.value) : await this.#execution.keptValue(key);
  }

  #keep(key: string, value: unknown, isLasting: boolean): void {
    this.keptChanges.set(key, { value: structuredClone(value), isLasting });
  }
}
