import type { Item } from '../../contract/index.ts';

export interface CustomData {
  all(): Readonly<Record<string, string>>;
  /** Absent where it can only be read, as in expressions. */
  set?(key: string, value: string): void;
}

/** What the expressions of a paginated request can see besides. */
export interface PageScope {
  /** The request sent last; before the first, the one that is about to be sent. */
  readonly request: unknown;
  /** The answer to it; empty before the first. */
  readonly response: unknown;
  /** Answers so far. */
  readonly pageCount: number;
}

/** What expressions and code of one node run can see. Looked up lazily: most expressions touch little of it. */
export interface ExpressionScope {
  /** Isolate contexts are shared only within one owner: one version of one workflow. */
  readonly owner: string;
  /** Items of the node's first input. */
  readonly items: readonly Item[];
  readonly nodeId: string;
  readonly nodeName: string;
  readonly nodeVersion: number;
  readonly runIndex: number;
  /** The node that gave the first input, null for a start node. */
  readonly previousNode: { name: string; outputIndex: number; runIndex: number } | null;
  readonly workflow: { id: string | null; name: string; active: boolean };
  readonly execution: {
    id: string;
    mode: 'test' | 'production';
    resumeUrl: string | null;
    resumeFormUrl: string | null;
  };
  readonly vars: Readonly<Record<string, unknown>>;
  /** The allowed part of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** IANA name. */
  readonly timezone: string;
  /** UTC milliseconds. */
  readonly now: number;
  /** What a model filled in when it called this node as a tool; undefined for every other run. */
  readonly toolArguments?: Readonly<Record<string, unknown>> | undefined;
  /** Texts that mark the execution: `$execution.customData`. */
  readonly customData: CustomData;
  readonly page?: PageScope | undefined;
  /** The node's parameters as written. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Another node of the workflow by name; undefined when there is none of that name. */
  node(name: string): NodeScope | undefined;
  /** The item of node `name` that input item `itemIndex` descends from. */
  pairedItem(name: string, itemIndex: number): { item: Item } | { broken: string };
}

export interface NodeScope {
  readonly name: string;
  /** Runs so far in this execution. */
  readonly runCount: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the node tells expressions of its progress, as a loop does. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Items of one output of one run; the last run when not said. Undefined when there was no such run. */
  items(runIndex?: number, outputIndex?: number): readonly Item[] | undefined;
}
