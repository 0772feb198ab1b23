import type { NodeErrorFacts } from '../kernel/index.ts';

export interface TaskRequest {
  /** `<node type>/<file without .task.ts>`. */
  name: string;
  /** Anything the structured clone algorithm takes. */
  input: unknown;
}

export type TaskAnswer =
  | { value: unknown }
  /** What a user can mend. */
  | { code: string; facts: NodeErrorFacts }
  | { reason: string };
