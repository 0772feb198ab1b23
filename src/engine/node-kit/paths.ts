import { NodeError } from '../kernel/index.ts';

export type PathSegment = string | number;
type Container = Record<PathSegment, unknown>;

const FORBIDDEN: readonly PathSegment[] = ['__proto__', 'constructor', 'prototype'];
/** Beyond this an index is a slip: writing it would make a list of that many empty places. */
const LARGEST_INDEX = 100_000;
const CACHE_SIZE = 1000;
const SEGMENT = /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\]|\.?([^.[\]]+)/y;

const parsed = new Map<string, readonly PathSegment[]>();

/** The segments of a dotted path: `a.b[0]["x y"]` is a, b, 0, x y. Text that is no path is one segment. */
export function parsePath(path: string): readonly PathSegment[] {
  const known = parsed.get(path);
  if (known) return known;
  const segments = readSegments(path) ?? [path];
  if (parsed.size >= CACHE_SIZE) parsed.clear();
  parsed.set(path, segments);
  return segments;
}

function readSegments(path: string): PathSegment[] | null {
  const segments: PathSegment[] = [];
  SEGMENT.lastIndex = 0;
  let end = 0;
  while (end < path.length) {
    const match = SEGMENT.exec(path);
    if (!match || (end === 0 && match[0].startsWith('.'))) return null;
    const [, index, double, single, name] = match;
    if (index !== undefined) segments.push(Number(index));
    else segments.push(name ?? (double ?? single ?? '').replace(/\\(.)/g, '$1'));
    end = SEGMENT.lastIndex;
  }
  return segments.length > 0 ? segments : null;
}

/** The value at a path, own properties only; undefined where there is none. */
export function getPath(root: unknown, path: string): unknown {
  return getSegments(root, parsePath(path));
}

export function getSegments(root: unknown, segments: readonly PathSegment[]): unknown {
  let value = root;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Container)[segment];
  }
  return value;
}

/**
 * Writes a value at a path of `root`, making objects and lists on the way. What lies below `root` is copied where it
 * changes, so that it may be shared with other items. Throws NodeError PARAMETER_INVALID for names that would reach
 * a prototype.
 */
export function setPath(root: Record<string, unknown>, path: string, value: unknown): void {
  const segments = parsePath(path);
  segments.forEach((segment) => check(segment, path));
  let container = root as Container;
  for (let depth = 0; depth < segments.length - 1; depth++) {
    const segment = segments[depth] as PathSegment;
    const next = Object.hasOwn(container, segment) ? container[segment] : undefined;
    const copy = copyOf(next) ?? (typeof segments[depth + 1] === 'number' ? [] : {});
    container[segment] = copy;
    container = copy as Container;
  }
  container[segments.at(-1) as PathSegment] = value;
}

/** Removes what is at a path of `root`; entries after a removed list entry move up. Copies as `setPath` does. */
export function deletePath(root: Record<string, unknown>, path: string): void {
  const segments = parsePath(path);
  const last = segments.at(-1) as PathSegment;
  if (!has(getSegments(root, segments.slice(0, -1)), last)) return;
  let container = root as Container;
  for (const segment of segments.slice(0, -1)) {
    const copy = copyOf(container[segment]) as Container;
    container[segment] = copy;
    container = copy;
  }
  if (Array.isArray(container) && typeof last === 'number') container.splice(last, 1);
  else delete container[last];
}

function has(value: unknown, segment: PathSegment): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, segment);
}

function copyOf(value: unknown): object | null {
  if (Array.isArray(value)) return [...(value as unknown[])];
  return typeof value === 'object' && value !== null ? { ...value } : null;
}

function check(segment: PathSegment, path: string): void {
  if (FORBIDDEN.includes(segment)) {
    throw new NodeError('PARAMETER_INVALID', {
      field: path,
      reason: `"${segment}" cannot be the name of a field`,
    });
  }
  if (typeof segment === 'number' && segment > LARGEST_INDEX) {
    throw new NodeError('PARAMETER_INVALID', { field: path, reason: `the index ${segment} is too large` });
  }
}
