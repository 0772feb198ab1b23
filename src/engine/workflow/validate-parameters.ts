import {
  Assignment,
  CONDITION_OPERATIONS,
  ConditionSet,
  isVisible,
  withDefaults,
  type ErrorCode,
  type ParameterDescription,
} from '../../contract/index.ts';
import { readerFor, Unfit } from '../node-kit/index.ts';

/** Why a text with `{{ }}` is not sound, with the offset after the leading `=`; null when it is. */
export type ExpressionCheck = (text: string) => { reason: string; position: number } | null;

export interface ParameterFinding {
  code: Extract<
    ErrorCode,
    'PARAMETER_REQUIRED' | 'PARAMETER_INVALID' | 'PARAMETER_UNKNOWN' | 'EXPRESSION_SYNTAX'
  >;
  /** Within the parameters, such as `headers.0.name`. */
  path: string;
  reason?: string;
  position?: number;
}

/** Checks values against their descriptions, rows of lists and fields of collections included. */
export function checkParameters(
  descriptions: readonly ParameterDescription[],
  values: Record<string, unknown>,
  expressionCheck?: ExpressionCheck,
): ParameterFinding[] {
  return new ParameterChecker(expressionCheck).fields(descriptions, values, '');
}

class ParameterChecker {
  readonly #expressionCheck: ExpressionCheck | undefined;

  constructor(expressionCheck: ExpressionCheck | undefined) {
    this.#expressionCheck = expressionCheck;
  }

  fields(
    descriptions: readonly ParameterDescription[],
    values: Record<string, unknown>,
    prefix: string,
  ): ParameterFinding[] {
    const filled = withDefaults(descriptions, values);
    const known = new Set(descriptions.map(({ name }) => name));
    return [
      ...descriptions
        .filter((description) => isVisible(description.visibleWhen, filled))
        .flatMap((description) =>
          this.#field(description, filled[description.name], prefix + description.name),
        ),
      ...Object.keys(values)
        .filter((name) => !known.has(name))
        .map((name): ParameterFinding => ({ code: 'PARAMETER_UNKNOWN', path: prefix + name })),
    ];
  }

  #field(description: ParameterDescription, value: unknown, path: string): ParameterFinding[] {
    if (isEmpty(value)) return description.required ? [{ code: 'PARAMETER_REQUIRED', path }] : [];
    if (description.expression !== false && isExpression(value)) return this.#expression(value, path);
    switch (description.kind) {
      case 'list':
        return this.#list(description, value, path);
      case 'collection':
        return isRecord(value)
          ? this.#collection(description, value, path)
          : [invalid(path, 'it must be an object')];
      case 'assignments':
        return this.#assignments(value, path);
      case 'conditions':
        return this.#conditions(value, path);
      default: {
        const reason = mismatch(description, value);
        if (reason !== null) return [invalid(path, reason)];
        return description.kind === 'json' ? this.#nested(value, path) : [];
      }
    }
  }

  #expression(text: string, path: string): ParameterFinding[] {
    const flaw = this.#expressionCheck?.(text.slice(1));
    return flaw ? [{ code: 'EXPRESSION_SYNTAX', path, ...flaw }] : [];
  }

  /** Expressions anywhere inside a free value. */
  #nested(value: unknown, path: string): ParameterFinding[] {
    if (isExpression(value)) return this.#expression(value, path);
    if (Array.isArray(value)) return value.flatMap((entry, index) => this.#nested(entry, `${path}.${index}`));
    if (!isRecord(value)) return [];
    return Object.entries(value).flatMap(([key, entry]) => this.#nested(entry, `${path}.${key}`));
  }

  #list(
    { fields, min, max }: Extract<ParameterDescription, { kind: 'list' }>,
    value: unknown,
    path: string,
  ): ParameterFinding[] {
    if (!Array.isArray(value)) return [invalid(path, 'it must be a list')];
    const found: ParameterFinding[] = [];
    if (min !== undefined && value.length < min) found.push(invalid(path, `at least ${min} rows are needed`));
    if (max !== undefined && value.length > max) found.push(invalid(path, `at most ${max} rows are allowed`));
    value.forEach((row: unknown, index) => {
      const at = `${path}.${index}`;
      found.push(
        ...(isRecord(row) ? this.fields(fields, row, `${at}.`) : [invalid(at, 'it must be an object')]),
      );
    });
    return found;
  }

  /** Only the fields that were added: the others stay away, required or not. */
  #collection(
    { fields }: Extract<ParameterDescription, { kind: 'collection' }>,
    value: Record<string, unknown>,
    path: string,
  ): ParameterFinding[] {
    return this.fields(
      fields.filter(({ name }) => value[name] !== undefined),
      value,
      `${path}.`,
    );
  }

  #assignments(value: unknown, path: string): ParameterFinding[] {
    if (!Array.isArray(value)) return [invalid(path, 'it must be a list')];
    return value.flatMap((row: unknown, index) => {
      const at = `${path}.${index}`;
      const parsed = Assignment.safeParse(row);
      if (!parsed.success) return [invalid(at, 'it needs a name, a type and a value')];
      if (parsed.data.name.trim() === '')
        return [{ code: 'PARAMETER_REQUIRED' as const, path: `${at}.name` }];
      return [
        ...this.#nested(parsed.data.name, `${at}.name`),
        ...this.#nested(parsed.data.value, `${at}.value`),
      ];
    });
  }

  #conditions(value: unknown, path: string): ParameterFinding[] {
    const parsed = ConditionSet.safeParse(value);
    if (!parsed.success) return [invalid(path, 'it must be a list of conditions')];
    return parsed.data.conditions.flatMap(({ left, type, operation, right }, index) => {
      const at = `${path}.conditions.${index}`;
      const isKnown = (CONDITION_OPERATIONS[type] as readonly string[]).includes(operation);
      return [
        ...(isKnown ? [] : [invalid(`${at}.operation`, `"${operation}" does not apply to ${type}`)]),
        ...this.#nested(left, `${at}.left`),
        ...this.#nested(right, `${at}.right`),
      ];
    });
  }
}

/** Why the engine would refuse a plain value; null when it would not. */
function mismatch(description: Parameters<typeof readerFor>[0], value: unknown): string | null {
  try {
    readerFor(description)(value);
    return null;
  } catch (error) {
    if (error instanceof Unfit) return error.message;
    throw error;
  }
}

function invalid(path: string, reason: string): ParameterFinding {
  return { code: 'PARAMETER_INVALID', path, reason };
}

function isExpression(value: unknown): value is string {
  return typeof value === 'string' && value.startsWith('=');
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '' || value.trim() === '=';
  return Array.isArray(value) && value.length === 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
