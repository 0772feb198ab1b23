const SEGMENT = /[^.[\]]+|\[(?:(\d+)|(["'])(.*?)\2)\]/g;
/** Names through which a path could reach what all objects share. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Takes `a.b[0]["c d"]` apart. Throws RangeError for a path that would leave the value's own properties. */
export function parsePath(path: string): string[] {
  const segments = Array.from(path.matchAll(SEGMENT), (match) => match[1] ?? match[3] ?? match[0]);
  const bad = segments.find((segment) => FORBIDDEN.has(segment));
  if (bad !== undefined) throw new RangeError(`"${bad}" cannot be part of a path`);
  return segments;
}

type Container = Record<string, unknown>;

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/** The value at the path, undefined where something on the way is missing. Own properties only. */
export function getPath(value: unknown, path: string): unknown {
  let at: unknown = value;
  for (const segment of parsePath(path)) {
    if (!isContainer(at) || !Object.hasOwn(at, segment)) return undefined;
    at = at[segment];
  }
  return at;
}

/** A copy of the value with `to` at the path; what is missing on the way is made. Shares what did not change. */
export function withPath<T extends Container>(value: T, path: string, to: unknown): T {
  return setAt(value, parsePath(path), to) as T;
}

function setAt(value: unknown, [head, ...rest]: string[], to: unknown): unknown {
  if (head === undefined) return to;
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    copy[Number(head)] = setAt(copy[Number(head)], rest, to);
    return copy;
  }
  const record = isContainer(value) ? value : {};
  return { ...record, [head]: setAt(record[head], rest, to) };
}

/** A copy of the value without what is at the path. */
export function withoutPath<T extends Container>(value: T, path: string): T {
  return removeAt(value, parsePath(path)) as T;
}

function removeAt(value: unknown, [head, ...rest]: string[]): unknown {
  if (head === undefined || !isContainer(value) || !Object.hasOwn(value, head)) return value;
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_entry, index) => index !== Number(head))
      : value.map((entry, index) => (index === Number(head) ? removeAt(entry, rest) : (entry as unknown)));
  }
  if (rest.length > 0) return { ...value, [head]: removeAt(value[head], rest) };
  const { [head]: _removed, ...kept } = value;
  return kept;
}
