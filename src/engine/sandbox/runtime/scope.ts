import { DateTime, Duration, Interval } from 'luxon';
import type { Call } from './call.ts';
import { failureOf } from './encode.ts';
import { FUNCTIONS } from './functions.ts';
import { inputAccess, itemsOf, nodeAccess, nodeByName } from './node-access.ts';
import { HIDDEN_NAMES } from './names.ts';
import { extend } from './extend.ts';
import { textOf } from './text-of.ts';

interface ScopeData {
  $call: Call;
  $itemIndex: number;
  $jsonGiven: unknown;
}

/** Names for one item. Everything but the item's JSON is made when it is first read. */
export function makeScope(call: Call, itemIndex: number, json: unknown): object {
  const scope = Object.create(SCOPE) as ScopeData;
  scope.$call = call;
  scope.$itemIndex = itemIndex;
  scope.$jsonGiven = json;
  return scope;
}

const NOTHING = Object.freeze({});

const getters: Record<string, (this: ScopeData) => unknown> = {
  $json() {
    if (this.$jsonGiven !== undefined) return this.$jsonGiven;
    return this.$call.ask<{ json: unknown } | undefined>('input', this.$itemIndex)?.json;
  },
  $binary() {
    return this.$call.ask<{ binary?: unknown } | undefined>('input', this.$itemIndex)?.binary ?? {};
  },
  $data() {
    return this.$call.ask<{ json: unknown } | undefined>('input', this.$itemIndex)?.json;
  },
  item() {
    return this.$call.ask('input', this.$itemIndex);
  },
  items() {
    return this.$call.ask('input', 'all');
  },
  $() {
    return (name: unknown) => nodeAccess(this.$call, name, this.$itemIndex);
  },
  $node() {
    return nodeByName(this.$call, this.$itemIndex);
  },
  $input() {
    return inputAccess(this.$call, this.$itemIndex);
  },
  $items() {
    return (name?: string, output?: number, run?: number) => itemsOf(this.$call, name, output, run);
  },
  $item() {
    return (index: number) => makeScope(this.$call, index, undefined);
  },
  $now() {
    return DateTime.fromMillis(this.$call.now);
  },
  $today() {
    return DateTime.fromMillis(this.$call.now).startOf('day');
  },
  $runIndex() {
    return this.$call.meta.runIndex;
  },
  $position() {
    return this.$itemIndex;
  },
  $mode() {
    return this.$call.meta.execution.mode === 'test' ? 'manual' : 'production';
  },
  $parameter() {
    return this.$call.meta.parameters;
  },
  $rawParameter() {
    return this.$call.meta.parameters;
  },
  $prevNode() {
    const previous = this.$call.meta.previousNode;
    return { name: previous?.name, outputIndex: previous?.outputIndex, runIndex: previous?.runIndex };
  },
  $vars() {
    return this.$call.meta.vars;
  },
  $env() {
    return this.$call.meta.env;
  },
  $workflow() {
    return this.$call.meta.workflow;
  },
  $execution() {
    const { id, mode, resumeUrl } = this.$call.meta.execution;
    return { id, mode, resumeUrl: resumeUrl ?? undefined };
  },
  $executionId() {
    return this.$call.meta.execution.id;
  },
  $resumeWebhookUrl() {
    return this.$call.meta.execution.resumeUrl ?? undefined;
  },
  $agentInfo() {
    return undefined;
  },
  $extend() {
    return (value: unknown, name: string, values: unknown[]) => extend(value, name, values, this.$call);
  },
  $piece() {
    return piece;
  },
};

/** One code of a text with more around it; a method called on a missing value leaves a gap there. */
function piece(run: () => unknown): string {
  try {
    return textOf(run());
  } catch (error) {
    if (failureOf(error)) throw error;
    return '';
  }
}

const SCOPE: object = Object.create(null) as object;
for (const [name, get] of Object.entries(getters))
  Object.defineProperty(SCOPE, name, { get, enumerable: true });
for (const [name, value] of Object.entries({ ...FUNCTIONS, DateTime, Duration, Interval })) {
  Object.defineProperty(SCOPE, name, { value, enumerable: true });
}
for (const name of HIDDEN_NAMES) Object.defineProperty(SCOPE, name, { value: NOTHING, enumerable: true });
Object.freeze(SCOPE);
