/** A place within a node's parameters: names of fields and positions in lists. */
export type ParameterPath = readonly (string | number)[];

export function dottedPath(path: ParameterPath): string {
  return path.join('.');
}

/** Reads `conditions.conditions.0.left`-like paths: parts that are whole numbers stand for positions. */
export function parsePath(dotted: string): ParameterPath {
  return dotted
    .split('.')
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export function getAt(value: unknown, path: ParameterPath): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      at !== null && typeof at === 'object' ? (at as Record<string | number, unknown>)[part] : undefined,
    value,
  );
}

/** A copy with `next` at `path`, sharing everything else. An undefined `next` takes an object's field away. */
export function setAt<T>(value: T, path: ParameterPath, next: unknown): T {
  const [head, ...rest] = path;
  if (head === undefined) return next as T;
  if (typeof head === 'number') {
    const list: unknown[] = Array.isArray(value) ? [...(value as unknown[])] : [];
    list[head] = setAt(list[head], rest, next);
    return list as T;
  }
  const fields: Record<string, unknown> = isRecord(value) ? { ...value } : {};
  const child = setAt(fields[head], rest, next);
  if (child === undefined) delete fields[head];
  else fields[head] = child;
  return fields as T;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
