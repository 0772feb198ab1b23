export interface Route<T> {
  /** Without slashes at its ends; `:name` segments match anything. */
  path: string;
  methods: readonly string[];
  value: T;
}

export type RouteMatch<T> =
  | { value: T; params: Readonly<Record<string, string>> }
  /** The path is known with other methods; `null` when it is not known at all. */
  | { value: undefined; allowed: string[] | null };

interface Pattern<T> {
  key: string;
  segments: string[];
  /** One character per segment, `0` for fixed and `1` for `:name`: sorts the more specific pattern first. */
  rank: string;
  methods: Map<string, { route: Route<T> }>;
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

/** Finds what is registered for a method and path: fixed paths by one look-up, then patterns, most specific first. */
export class RouteTable<T> {
  #fixed = new Map<string, Map<string, { route: Route<T> }>>();
  #patterns: Array<Pattern<T>> = [];

  find(method: string, path: string): RouteMatch<T> {
    const fixed = this.#fixed.get(path);
    const hit = fixed?.get(method);
    if (hit) return { value: hit.route.value, params: NO_PARAMS };
    const allowed = new Set(fixed?.keys());
    if (this.#patterns.length > 0) {
      const segments = path.split('/');
      for (const pattern of this.#patterns) {
        if (!fits(pattern.segments, segments)) continue;
        const entry = pattern.methods.get(method);
        // The names of the parameters are the route's own: two methods of one pattern may name them differently.
        if (entry) return { value: entry.route.value, params: paramsOf(entry.route.path, segments) };
        for (const other of pattern.methods.keys()) allowed.add(other);
      }
    }
    return { value: undefined, allowed: allowed.size > 0 ? [...allowed] : null };
  }

  /** What already sits at that method and path; patterns that differ in their parameters' names only are the same. */
  occupant(method: string, path: string): T | undefined {
    return this.#methodsAt(path)?.get(method)?.route.value;
  }

  /** The caller has made sure that the places are free. */
  add(route: Route<T>): void {
    const methods = this.#methodsAt(route.path) ?? this.#makeMethods(route.path);
    for (const method of route.methods) methods.set(method, { route });
  }

  removeWhere(isGone: (value: T) => boolean): void {
    const sweep = (methods: Map<string, { route: Route<T> }>) => {
      for (const [method, { route }] of methods) if (isGone(route.value)) methods.delete(method);
      return methods.size === 0;
    };
    for (const [path, methods] of this.#fixed) if (sweep(methods)) this.#fixed.delete(path);
    this.#patterns = this.#patterns.filter((pattern) => !sweep(pattern.methods));
  }

  #methodsAt(path: string) {
    if (!isPattern(path)) return this.#fixed.get(path);
    const key = keyOf(path);
    return this.#patterns.find((pattern) => pattern.key === key)?.methods;
  }

  #makeMethods(path: string) {
    const methods = new Map<string, { route: Route<T> }>();
    if (!isPattern(path)) {
      this.#fixed.set(path, methods);
      return methods;
    }
    const segments = path.split('/');
    const rank = segments.map((segment) => (segment.startsWith(':') ? '1' : '0')).join('');
    this.#patterns.push({ key: keyOf(path), segments, rank, methods });
    this.#patterns.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
    return methods;
  }
}

function isPattern(path: string): boolean {
  return path.startsWith(':') || path.includes('/:');
}

function keyOf(path: string): string {
  return path.replace(/(^|\/):[^/]*/g, '$1:');
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
  );
}

function paramsOf(path: string, segments: readonly string[]): Record<string, string> {
  const params: Record<string, string> = {};
  path.split('/').forEach((part, index) => {
    if (part.startsWith(':')) params[part.slice(1)] = segments[index] ?? '';
  });
  return params;
}
