import { NodeError, type ExecuteContext } from '../../../node-kit/index.ts';

/** Extended JSON that stands for a value; every other `$` is an operator. */
const VALUES = /^\$(oid|date|numberDecimal|numberLong|numberInt|numberDouble|binary|uuid)$/;

type Resolve = Pick<ExecuteContext, 'resolve'>;
const NO_PAGE = { request: {}, response: {}, pageCount: 0 };

/**
 * JSON with its expressions replaced by what they give for the item. Operators are those that the author wrote: a value
 * that brings some along is refused, so that data cannot change what a query means. Throws PARAMETER_INVALID.
 */
export async function bindQuery(
  context: Resolve,
  parameter: string,
  text: string,
  itemIndex: number,
): Promise<unknown> {
  const query = text.trim() === '' ? {} : text.startsWith('=') ? text : parse(parameter, text);
  const written: Record<string, string> = {};
  const collect = (value: unknown, path: string): void => {
    if (typeof value === 'string' && value.startsWith('=')) written[path] = value;
    else if (typeof value === 'object' && value !== null)
      for (const [key, entry] of Object.entries(value)) collect(entry, `${path}.${key}`);
  };
  collect(query, parameter);
  if (Object.keys(written).length === 0) return query;
  const values = await context.resolve(written, itemIndex, NO_PAGE);
  const bind = (value: unknown, path: string): unknown => {
    if (Object.hasOwn(values, path)) return refuseOperators(parameter, values[path]);
    if (Array.isArray(value)) return value.map((entry, index) => bind(entry, `${path}.${index}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, entry]) => [key, bind(entry, `${path}.${key}`)]),
    );
  };
  return bind(query, parameter);
}

function parse(parameter: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const reason = `not valid JSON: ${(cause as Error).message}`;
    throw new NodeError('PARAMETER_INVALID', { parameter, field: parameter, reason }, { cause });
  }
}

function refuseOperators(parameter: string, value: unknown): unknown {
  // A filter without a value for its field fits every document that lacks the field.
  if (value === undefined) throw invalid(parameter, 'an expression gave no value');
  const look = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, entry] of Object.entries(part)) {
      if (key.startsWith('$') && !VALUES.test(key))
        throw invalid(parameter, `an expression gave the operator ${key}; write operators as JSON`);
      look(entry);
    }
  };
  look(value);
  return value;
}

const invalid = (parameter: string, reason: string) =>
  new NodeError('PARAMETER_INVALID', { parameter, field: parameter, reason });
