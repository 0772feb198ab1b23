import type { CredentialSlot, NodeGroup, PortDescription } from '../../contract/index.ts';
import type { ExecuteContext } from './context.ts';
import type { ParameterMap, ParametersOf } from './parameters.ts';
import type { NodeOutput } from './output.ts';
import type { TriggerDeclaration } from './trigger.ts';

/**
 * What a node does to the world outside GuixuFlow, and so what may happen to it after a crash in the middle:
 *
 * - `pure`: nothing; run again.
 * - `read`: it only looks; run again.
 * - `keyed`: the other side accepts an idempotency key; run again with the same key.
 * - `unsafe`: cannot tell; a person decides unless the node's `onReplay` does.
 */
export type Effect = 'pure' | 'read' | 'keyed' | 'unsafe';

export interface NodeDefinition<P extends ParameterMap = ParameterMap> {
  /** kebab-case, the name of the node's folder. */
  type: string;
  /** Grows when stored parameters change shape; see `upgrades.ts` in the node's folder. */
  version: number;
  group: NodeGroup;
  inputs: PortDescription[];
  outputs: PortDescription[];
  parameters: P;
  credentials?: CredentialSlot[];
  /** Further words the palette's search finds it by, in any language. */
  aliases?: string[];
  effect: Effect | ((parameters: ParametersOf<P>) => Effect);
  /** What is repeated, or not, after a crash: the work on one item by `perItem` (the usual case), or a whole run. */
  effectUnit?: 'item' | 'run' | ((parameters: ParametersOf<P>) => 'item' | 'run');
  /**
   * Uses `context.state`. What it remembers is made anew after a crash by running it again on the inputs it had, so
   * its effect is `pure`.
   */
  remembers?: boolean;
  /** Set on nodes that begin an execution. */
  trigger?: TriggerDeclaration<P>;
  /** Shows pages to whoever began the execution with a form, so that the form waits for them. */
  showsPages?: boolean;
  /** A cycle through a loop node is meant to be there. */
  loop?: boolean;
  /**
   * What is reached only from `output` is a scope: when a node in it fails, the rest of that pass is dropped and an
   * item about the failure leaves at `catch`.
   */
  scope?: { output: number; catch: number };
  /** Part of documents, but nothing to add from the palette. */
  hidden?: boolean;
  /**
   * Whether, with these parameters as written, it reads its input through `context.inputs[n].chunks()`, so that it need
   * not be in memory at once; `context.items` then holds the first item alone where the rest is on disk.
   */
  chunked?(parameters: Readonly<Record<string, unknown>>): boolean;
  /**
   * What it gives for an item depends on nothing but that item, so that a large input may be handed to it in several
   * parts.
   */
  itemwise?: boolean;
  /** What expressions see as `$('Name').context`, from what the node remembers in `context.state`. */
  expressionContext?(state: Readonly<Record<string, unknown>>): Record<string, unknown>;
  /** Runs only when every connected input has items, and never with what it has. */
  needsAllInputs?: boolean;
  /**
   * Whether, when one of its inputs has items and nothing can come to the others any more, what leads to those is
   * begun with one empty item.
   */
  callsInputs?(parameters: Readonly<Record<string, unknown>>): boolean;
  /**
   * Does the node's work for all items of one run. Absent on triggers that pass on what woke them.
   * Everything the node may do comes through the context.
   */
  execute?(context: ExecuteContext<P>): NodeOutput | Promise<NodeOutput>;
}

/** Declares a node type. `locales/en.json`, `locales/zh-CN.json` and `icon.svg` lie in the same folder. */
export function defineNode<const P extends ParameterMap>(
  definition: NodeDefinition<P> & Required<Pick<NodeDefinition<P>, 'execute'>>,
): NodeDefinition<P> {
  return definition;
}

/** Declares a node type that begins executions. */
export function defineTrigger<const P extends ParameterMap>(
  definition: Omit<NodeDefinition<P>, 'inputs' | 'group' | 'effect' | 'trigger'> & {
    trigger: TriggerDeclaration<P>;
  },
): NodeDefinition<P> {
  return { ...definition, group: 'trigger', inputs: [], effect: 'pure' };
}

/** Ports of the usual node: one way in, one way out. */
export const MAIN_PORT: PortDescription[] = [{ kind: 'main', name: 'main' }];
