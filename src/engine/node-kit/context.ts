import type {
  BinaryReference,
  ConsoleLine,
  ExecutionMarks,
  ExecutionMode,
  InputSource,
  Item,
  ResolvedPort,
} from '../../contract/index.ts';
import type { Logger } from '../kernel/index.ts';
import type { PageScope } from '../sandbox/index.ts';
import type { RevealedCredential } from './authenticate-headers.ts';
import type { Connections } from './connections.ts';
import type { DataTables } from './data-tables.ts';
import type { HttpClient } from './http-client.ts';
import type { ItemList } from './item-list.ts';
import type { LocalFiles } from './local-files.ts';
import type { NodeOutput } from './output.ts';
import type { FormAnswer } from './trigger.ts';
import type { ParameterMap, ParametersOf } from './parameters.ts';
import type { PerItemResult } from './per-item.ts';

/** Files of any size, kept apart from items. */
export interface BinaryStore {
  /** Stores bytes; the reference goes into `item.binary[name]`. */
  write(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    about: { mimeType: string; fileName?: string },
  ): Promise<BinaryReference>;
  read(reference: BinaryReference): Promise<Buffer>;
  stream(reference: BinaryReference): AsyncIterable<Uint8Array>;
}

/** Code a user wrote, run inside the wall. */
export interface CodeRequest {
  language: 'javascript' | 'python' | 'rust';
  code: string;
  /** `all-items`: once, with `$input.all()`; `each-item`: per item, with `$json`. */
  mode: 'all-items' | 'each-item';
  timeoutMs: number;
  memoryMb: number;
}

/** How a command ended, and what it wrote. */
export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A function in a module of its own, called `<name>.task.ts`, that takes and gives plain data. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever its argument is
export type Task = (input: any) => unknown;

/** What a webhook's caller is answered. */
export interface WebhookResponse {
  status: number;
  headers: Array<{ name: string; value: string }>;
  body:
    | { kind: 'json'; value: unknown }
    | { kind: 'text'; text: string }
    | { kind: 'binary'; reference: BinaryReference }
    /** The last page of a form. */
    | { kind: 'page'; answer: FormAnswer }
    | { kind: 'none' };
}

/** A piece of a text with expressions. */
export type TextPiece = { text: string } | { value: unknown };

/** Everything a node may do. */
export interface ExecuteContext<P extends ParameterMap = ParameterMap> {
  /** Items of the first input port. */
  readonly items: readonly Item[];
  /** One list per input port of the node, empty where nothing arrived. */
  readonly inputs: readonly ItemList[];
  /** Where the items of each input came from; null where nothing arrived. */
  readonly sources: ReadonlyArray<InputSource | null>;
  /** This node's resolved main output ports, without the error port. */
  readonly outputPorts: readonly ResolvedPort[];
  /**
   * The parameters with expressions resolved for that item, checked and with defaults.
   * Throws when an expression failed for this item or a value does not fit.
   */
  parameters(itemIndex?: number): ParametersOf<P>;
  /**
   * The values of `deferred` parameters, by their paths: expressions evaluated for that item with what is known of its
   * pages by now. Throws as `parameters` does.
   */
  resolve<K extends string>(
    written: Readonly<Record<K, string>>,
    itemIndex: number,
    page: PageScope,
  ): Promise<Record<K, unknown>>;
  /**
   * A text with `{{ }}` as its pieces for that item: what stands between the expressions, and what they give. For texts in
   * which a value must not become part of the text, such as SQL. Throws EXPRESSION_SYNTAX and as `parameters` does.
   */
  pieces(text: string, itemIndex: number): Promise<TextPiece[]>;
  /** The parameters as the user wrote them. */
  readonly rawParameters: Readonly<Record<string, unknown>>;
  /**
   * Calls `work` for every item, at most `concurrency` (1) at a time, and gives their results in item order: items
   * for the first output, or `{ ports: [...] }` with a list for each of several. Where the
   * node's `onError` is not `stop`, a failing item becomes an error item (`json.error`) on the error port or, for
   * `continue`, on the first output.
   */
  perItem(
    work: (item: Item, itemIndex: number) => PerItemResult | Promise<PerItemResult>,
    options?: { concurrency?: number },
  ): Promise<NodeOutput>;
  /** A list of items that come some at a time, of which large ones leave memory. Their lineage is set. */
  collect(chunks: AsyncIterable<readonly Item[]>): Promise<ItemList>;
  /**
   * Decrypted fields of the credential in this slot; null when none is chosen. With `refused`, a token that the other side
   * did not take, a new one is asked for.
   */
  credential(slot: string, refused?: string): Promise<RevealedCredential | null>;
  readonly http: HttpClient;
  /** Connections to databases, brokers and their like, which outlive the run. */
  readonly connections: Connections;
  readonly tables: DataTables;
  readonly binary: BinaryStore;
  readonly files: LocalFiles;
  /**
   * Runs user code over this node's items and gives theirs. Where the node's `onError` is not `stop`, an item that
   * fails in mode `each-item` becomes an error item as with `perItem`.
   */
  runCode(request: CodeRequest): Promise<NodeOutput>;
  /** Runs a line of the system's shell. Throws COMMANDS_NOT_ALLOWED unless the configuration allows it. */
  runCommand(command: string): Promise<CommandResult>;
  /**
   * Calls the function of a `<name>.task.ts` beside the node, in a process of its own, with data that can be cloned.
   * For synchronous work that takes long on large data. Throws what the task throws, and TASK_MEMORY, TASK_TIMEOUT.
   */
  compute<T extends Task>(
    name: string,
    input: Parameters<T>[0],
    options?: { timeoutMs?: number },
  ): Promise<Awaited<ReturnType<T>>>;
  /** Runs another workflow. Gives its last node's items; with `wait: false` it gives none and does not wait. */
  runWorkflow(request: {
    workflowId: string;
    items: readonly Item[];
    wait: boolean;
    /** Tells calls of one run apart, so that a call finds the execution it began before a crash; 0 when not given. */
    unit?: number;
  }): Promise<{ executionId: string; items: Item[] }>;
  /** Answers the webhook call that began this execution. False when there is none or it has its answer already. */
  respond(response: WebhookResponse): boolean;
  /** Lives as long as the execution, one per node: what a loop remembers between its runs. Plain data only. */
  readonly state: Record<string, unknown>;
  /**
   * JSON data that the node, or its whole workflow, keeps from one execution to the next. Written together with this
   * run's outputs, once the node has succeeded.
   */
  readonly kept: {
    /** Undefined when nothing is kept under the name. */
    get(scope: 'node' | 'workflow', name: string): Promise<unknown>;
    set(scope: 'node' | 'workflow', name: string, value: unknown): void;
  };
  /** Marks the execution with texts that lists show and find it by. */
  mark(marks: ExecutionMarks): void;
  /** A line in the node run's console. */
  log(level: ConsoleLine['level'], text: string): void;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** The same for every attempt at this unit of this run, so that the other side can tell repeats. */
  idempotencyKey(unit: number): string;
  /** UTC milliseconds. */
  now(): number;
  readonly timezone: string;
  readonly node: { id: string; name: string };
  readonly runIndex: number;
  readonly execution: { id: string; mode: ExecutionMode; workflowId: string | null; workflowName: string };
}
