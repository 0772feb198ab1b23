import { DateTime, Duration, Interval } from 'luxon';
import type { Call } from './call.ts';
import { failureOf } from './encode.ts';
import { FUNCTIONS } from './functions.ts';
import { inputAccess, itemsOf, nodeAccess, nodeByName } from './node-access.ts';
import { HIDDEN_NAMES } from './names.ts';
import { customData } from './custom-data.ts';
import { extend } from './extend.ts';
import { problem } from './problem.ts';
import { textOf } from './text-of.ts';

/**
 * Names for one item. Everything but the item's JSON is made when it is first read. Users' code can get hold of the
 * scope itself, so what is not for it is private.
 */
class Scope {
  readonly #call: Call;
  readonly #itemIndex: number;
  readonly #json: unknown;

  constructor(call: Call, itemIndex: number, json: unknown) {
    this.#call = call;
    this.#itemIndex = itemIndex;
    this.#json = json;
  }

  get $itemIndex() {
    return this.#itemIndex;
  }

  get $json() {
    if (this.#json !== undefined) return this.#json;
    return this.#call.ask<{ json: unknown } | undefined>('input', this.#itemIndex)?.json;
  }

  get $binary() {
    return this.#call.ask<{ binary?: unknown } | undefined>('input', this.#itemIndex)?.binary ?? {};
  }

  get $data() {
    return this.#call.ask<{ json: unknown } | undefined>('input', this.#itemIndex)?.json;
  }

  get item() {
    return this.#call.ask('input', this.#itemIndex);
  }

  get items() {
    return this.#call.ask('input', 'all');
  }

  get $() {
    return (name: unknown) => nodeAccess(this.#call, name, this.#itemIndex);
  }

  get $node() {
    return nodeByName(this.#call, this.#itemIndex);
  }

  get $input() {
    return inputAccess(this.#call, this.#itemIndex);
  }

  get $items() {
    return (name?: string, output?: number, run?: number) => itemsOf(this.#call, name, output, run);
  }

  get $item() {
    return (index: number) => makeScope(this.#call, index, undefined);
  }

  get $now() {
    return DateTime.fromMillis(this.#call.now);
  }

  get $today() {
    return DateTime.fromMillis(this.#call.now).startOf('day');
  }

  get $runIndex() {
    return this.#call.meta.runIndex;
  }

  get $position() {
    return this.#itemIndex;
  }

  get $mode() {
    return this.#call.meta.execution.mode === 'test' ? 'manual' : 'production';
  }

  get $parameter() {
    return this.#call.meta.parameters;
  }

  get $rawParameter() {
    return this.#call.meta.parameters;
  }

  get $prevNode() {
    const previous = this.#call.meta.previousNode;
    return { name: previous?.name, outputIndex: previous?.outputIndex, runIndex: previous?.runIndex };
  }

  get $vars() {
    return this.#call.meta.vars;
  }

  get $env() {
    return this.#call.meta.env;
  }

  get $workflow() {
    return this.#call.meta.workflow;
  }

  get $execution() {
    const { id, mode, resumeUrl, resumeFormUrl } = this.#call.meta.execution;
    return {
      ...{ id, mode, resumeUrl: resumeUrl ?? undefined, resumeFormUrl: resumeFormUrl ?? undefined },
      customData: customData(this.#call),
    };
  }

  get $executionId() {
    return this.#call.meta.execution.id;
  }

  get $resumeWebhookUrl() {
    return this.#call.meta.execution.resumeUrl ?? undefined;
  }

  get $request() {
    return this.#call.ask('page', 'request');
  }

  get $response() {
    return this.#call.ask('page', 'response');
  }

  get $pageCount() {
    return this.#call.ask('page', 'pageCount');
  }

  get $agentInfo() {
    return undefined;
  }

  get $nodeId() {
    return this.#call.meta.nodeId;
  }

  get $nodeVersion() {
    return this.#call.meta.nodeVersion;
  }

  get $fromAI() {
    return (name: unknown, _description?: unknown, _type?: unknown, fallback?: unknown) =>
      fromModel(this.#call.meta.toolArguments, name, fallback);
  }

  get $fromAi() {
    return this.$fromAI;
  }

  get $fromai() {
    return this.$fromAI;
  }

  get $extend() {
    return extend;
  }

  get $piece() {
    return piece;
  }
}

/** `json` is undefined where it is to be asked for. */
export function makeScope(call: Call, itemIndex: number, json: unknown): object {
  return new Scope(call, itemIndex, json);
}

const ARGUMENT_NAME = /^[\w-]{1,64}$/;

/** What a model filled in under that name when it called the node as a tool. */
function fromModel(given: Record<string, unknown> | undefined, name: unknown, fallback: unknown): unknown {
  if (typeof name !== 'string' || !ARGUMENT_NAME.test(name)) {
    throw problem(
      'EXPRESSION_FAILED',
      '$fromAI() takes a name of up to 64 letters, digits, hyphens and underscores first.',
    );
  }
  return given?.[name] ?? fallback;
}

/** One code of a text with more around it; a method called on a missing value leaves a gap there. */
function piece(run: () => unknown): string {
  try {
    return textOf(run());
  } catch (error) {
    if (failureOf(error)) throw error;
    return '';
  }
}

for (const [name, value] of Object.entries({ ...FUNCTIONS, DateTime, Duration, Interval })) {
  Object.defineProperty(Scope.prototype, name, { value });
}
const NOTHING = Object.freeze({});
// `constructor` is among them, so the class itself is not to be found either.
for (const name of HIDDEN_NAMES) Object.defineProperty(Scope.prototype, name, { value: NOTHING });
Object.setPrototypeOf(Scope.prototype, null);

/** What outlives a call and users' code can reach: to be frozen with the intrinsics. */
export const LASTING: readonly object[] = [
  Scope.prototype,
  DateTime,
  Duration,
  Interval,
  DateTime.utc(),
  DateTime.invalid('sample'),
  Duration.fromMillis(0),
  Interval.invalid('sample'),
];
