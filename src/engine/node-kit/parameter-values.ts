import type { ParameterDescription } from '../../contract/index.ts';

/** A value does not fit its parameter; the message is a reason without the parameter's name. */
export class Unfit extends Error {}

type Leaf = Exclude<ParameterDescription, { kind: 'list' | 'collection' | 'assignments' | 'conditions' }>;

/**
 * A function that converts a resolved value to the parameter's type. It gives undefined for "not set" (null, and
 * empty text where text is not what is asked for), and throws {@link Unfit}.
 */
export function readerFor(description: Leaf): (value: unknown) => unknown {
  switch (description.kind) {
    case 'string':
    case 'code':
    case 'cron':
    case 'workflow':
    case 'data-table':
    case 'data-column':
      return readText;
    case 'number':
      return numberReader(description);
    case 'boolean':
      return readBoolean;
    case 'select':
      return selectReader(description.options);
    case 'multi-select':
      return multiSelectReader(description.options);
    case 'json':
      return readJson;
  }
}

function readText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value === null) return undefined;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function numberReader({ min = -Infinity, max = Infinity, integer }: Extract<Leaf, { kind: 'number' }>) {
  return (value: unknown): number | undefined => {
    if (value === null || value === '') return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number))
      throw new Unfit(`${show(value)} is not a number`);
    if (integer && !Number.isInteger(number)) throw new Unfit(`${number} is not a whole number`);
    if (number < min) throw new Unfit(`${number} is less than ${min}`);
    if (number > max) throw new Unfit(`${number} is more than ${max}`);
    return number;
  };
}

function readBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === null || value === '') return undefined;
  if (value === 'true' || value === 1 || value === '1') return true;
  if (value === 'false' || value === 0 || value === '0') return false;
  throw new Unfit(`${show(value)} is neither true nor false`);
}

function selectReader(options: ReadonlyArray<string | number>) {
  return (value: unknown): string | number | undefined => {
    if (value === null || value === '') return options.includes('') ? '' : undefined;
    if (options.includes(value as string)) return value as string;
    const option = options.find((candidate) => String(candidate) === value || candidate === String(value));
    if (option === undefined) throw new Unfit(`${show(value)} is none of ${options.join(', ')}`);
    return option;
  };
}

function multiSelectReader(options: readonly string[]) {
  const readOne = selectReader(options);
  return (value: unknown): readonly unknown[] | undefined => {
    if (value === null || value === '') return undefined;
    const list: unknown[] | null = Array.isArray(value)
      ? value
      : typeof value === 'string'
        ? value.split(',').map((part) => part.trim())
        : null;
    if (!list) throw new Unfit('a list is needed');
    return Object.freeze(list.map(readOne));
  };
}

/** Text is JSON; anything else is the value already. */
function readJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return undefined;
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new Unfit(`not valid JSON: ${(error as Error).message}`);
  }
}

/** A value as a sentence can hold it. */
function show(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
