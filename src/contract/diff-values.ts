import type { FieldChange } from './schemas/workflow-diff.ts';

type Path = FieldChange['path'];

/**
 * Every value that differs between two JSON values, in the order of the fields. Lists are compared by index, save for
 * what they share at their beginning and end: one entry put in or taken out is one change, not one of all that follow.
 */
export function diffValues(before: unknown, after: unknown): FieldChange[] {
  const changes: FieldChange[] = [];
  collect(before, after, [], changes);
  return changes;
}

/** `parameters.headers[0].name`; keys that would be read otherwise are quoted. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!/^[\p{L}\p{N}_$-]+$/u.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

function collect(before: unknown, after: unknown, path: Path, changes: FieldChange[]): void {
  if (Array.isArray(before) && Array.isArray(after)) collectList(before, after, path, changes);
  else if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      collect(own(before, key), own(after, key), [...path, key], changes);
  } else if (!isSame(before, after)) {
    changes.push({
      path,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    });
  }
}

function collectList(before: unknown[], after: unknown[], path: Path, changes: FieldChange[]): void {
  if (before.length === after.length) {
    before.forEach((entry, index) => collect(entry, after[index], [...path, index], changes));
    return;
  }
  const shared = Math.min(before.length, after.length);
  let start = 0;
  while (start < shared && isSame(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shared - start && isSame(before.at(-1 - end), after.at(-1 - end))) end += 1;
  const middle = Math.max(before.length, after.length) - end;
  for (let index = start; index < middle; index += 1)
    collect(
      index < before.length - end ? before[index] : undefined,
      index < after.length - end ? after[index] : undefined,
      [...path, index],
      changes,
    );
}

/** Whether two JSON values are the same, whatever the order of their keys; a key without a value counts as absent. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((entry, index) => isSame(entry, other[index]));
  if (!isObject(one) || !isObject(other)) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) =>
    isSame(own(one, key), own(other, key)),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// A field called "constructor" or "__proto__" is data like any other.
function own(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
