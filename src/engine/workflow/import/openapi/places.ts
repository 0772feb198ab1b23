import { openApiError } from './openapi-error.ts';
import { partsOf, pointerTo, type Source } from './source.ts';

export type Fields = Record<string, unknown>;

/** A part of a document and the JSON pointer to it. */
export interface Place<T = unknown> {
  value: T;
  pointer: string;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object holds under a name of its own. */
export function childOf({ value, pointer }: Place<Fields>, name: string): Place {
  return { value: Object.hasOwn(value, name) ? value[name] : undefined, pointer: pointerTo(pointer, name) };
}

/** The walks through a document, each of which says with OPENAPI_STRUCTURE or OPENAPI_REFERENCE where it cannot go on. */
export function createWalker({ value: root, lineOf }: Source) {
  const wrong = (pointer: string, expected: string) =>
    openApiError('OPENAPI_STRUCTURE', { pointer: pointer || '/', line: lineOf(pointer), expected });

  function follow(place: Place): Place {
    const seen = new Set<string>();
    let at = place;
    while (isFields(at.value) && typeof at.value['$ref'] === 'string') {
      const target = at.value['$ref'];
      const written = `${at.pointer}/$ref`;
      const found = seen.has(target) ? undefined : lookUp(target);
      if (found === undefined)
        throw openApiError('OPENAPI_REFERENCE', { target, pointer: written, line: lineOf(written) });
      seen.add(target);
      at = found;
    }
    return at;
  }

  function lookUp(target: string): Place | undefined {
    if (target !== '#' && !target.startsWith('#/')) return undefined;
    const pointer = decode(target.slice(1));
    let value = root;
    for (const part of partsOf(pointer)) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
      value = (value as Fields)[part];
    }
    return { value, pointer };
  }

  return {
    wrong,
    /** What a place holds, or what its `$ref` leads to. */
    follow,
    fields(place: Place): Place<Fields> {
      const { value, pointer } = follow(place);
      if (!isFields(value)) throw wrong(pointer, 'object');
      return { value, pointer };
    },
    /** The entries of a list; none where there is no list. */
    list({ value, pointer }: Place): Place[] {
      if (value === undefined) return [];
      if (!Array.isArray(value)) throw wrong(pointer, 'array');
      return value.map((entry: unknown, index) => ({ value: entry, pointer: pointerTo(pointer, index) }));
    },
    text({ value, pointer }: Place): string {
      if (typeof value !== 'string') throw wrong(pointer, 'string');
      return value;
    },
  };
}

export type Walker = ReturnType<typeof createWalker>;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
