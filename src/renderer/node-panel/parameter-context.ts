import { inject, type InjectionKey, type Ref } from 'vue';
import type {
  Item,
  NodeTypeDescription,
  WorkflowDocument,
  WorkflowNode,
  WorkflowProblem,
} from '../../contract/index.ts';
import type { ParameterPath } from '../editor/document/parameter-path.ts';

/** What the fields of a form know of the node they belong to. */
export interface ParameterContext {
  node: Readonly<Ref<WorkflowNode>>;
  type: Readonly<Ref<NodeTypeDescription | undefined>>;
  document: Readonly<Ref<WorkflowDocument>>;
  /** Items of the chosen input, for completion and previews. */
  inputItems: Readonly<Ref<readonly Item[]>>;
  inputTotal: Readonly<Ref<number>>;
  itemIndex: Ref<number>;
  executionId: Readonly<Ref<string | undefined>>;
  set(path: ParameterPath, value: unknown): void;
  /** Ends the step of undo that typing is part of. */
  endTyping(): void;
  /** Findings of validation about this parameter, not about those within it. */
  problemsAt(path: ParameterPath): WorkflowProblem[];
}

export const parameterContextKey: InjectionKey<ParameterContext> = Symbol('parameters');

export function useParameterContext(): ParameterContext {
  const context = inject(parameterContextKey);
  if (!context) throw new Error('Used outside a node panel');
  return context;
}
