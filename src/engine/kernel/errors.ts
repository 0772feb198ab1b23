import { describeError, ERROR_CODES, type ErrorCode, type ExecutionError } from '../../contract/index.ts';

/**
 * The one error class of the engine. It carries a code and facts; sentences are made where a reader's language is
 * known. Recognise it with {@link isEngineError}: `instanceof` breaks across workers and sandboxes.
 */
export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, facts: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(describeError(code, facts), options);
    this.name = 'EngineError';
    this.code = code;
    this.facts = facts;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

/** Facts every node failure may carry besides those of its code. */
export interface NodeErrorFacts {
  itemIndex?: number;
  /** Dotted path of the parameter. */
  parameter?: string;
  /** Character offset within the parameter's text, from 0. */
  position?: number;
  /** A second sentence for the user: more detail, or what to do. */
  description?: string;
  [fact: string]: unknown;
}

/** A failure inside a node. The run loop adds node and run before it is stored. */
export class NodeError extends EngineError {
  declare readonly facts: Readonly<NodeErrorFacts>;

  constructor(code: ErrorCode, facts: NodeErrorFacts = {}, options?: { cause?: unknown }) {
    super(code, facts, options);
    this.name = 'NodeError';
  }
}

export function isEngineError(error: unknown): error is EngineError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    'facts' in error &&
    typeof error.code === 'string' &&
    Object.hasOwn(ERROR_CODES, error.code)
  );
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

/** What is stored and sent about a failure of a node: facts and a sentence, never a stack. */
export function toExecutionError(
  error: unknown,
  where: { nodeId?: string; nodeName?: string; runIndex?: number } = {},
): ExecutionError {
  if (!isEngineError(error)) {
    const reason = messageOf(error);
    return { code: 'NODE_FAILED', message: reason, details: { reason }, ...where };
  }
  // Nodes do not know what they are called; their failures are told with the name all the same.
  const facts: NodeErrorFacts = {
    ...(where.nodeName !== undefined && { node: where.nodeName }),
    ...error.facts,
  };
  const { itemIndex, parameter, position, description, ...details } = facts;
  return {
    code: error.code,
    message: describeError(error.code, facts),
    ...where,
    ...(itemIndex !== undefined && { itemIndex }),
    ...(parameter !== undefined && { parameter }),
    ...(position !== undefined && { position }),
    ...(description !== undefined && { description }),
    details: { ...details, itemIndex, parameter, position },
  };
}
