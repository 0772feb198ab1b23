import { isFields, type Place, type Walker } from './places.ts';
import { pointerTo } from './source.ts';

/** What no form and no request is made of: references may lead anywhere from there. */
const UNUSED = new Set([
  'responses',
  'callbacks',
  'links',
  'example',
  'examples',
  'default',
  'enum',
  'const',
]);

/** Follows every reference within a part of a document. Throws OPENAPI_REFERENCE for the first that leads nowhere. */
export function checkReferences(start: Place, walker: Walker): void {
  const seen = new Set<unknown>();
  // A list instead of calls: documents may nest deeper than calls can.
  const open: Place[] = [start];
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, pointer } = walker.follow(place);
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const isList = Array.isArray(value);
    for (const [name, child] of Object.entries(value)) {
      const isUnused = !isList && (UNUSED.has(name) || name.startsWith('x-')) && !isNameOf(pointer);
      if (!isUnused && (isFields(child) || Array.isArray(child)))
        open.push({ value: child, pointer: pointerTo(pointer, name) });
    }
  }
}

/** Whether the names at a place are the author's own, as those of properties are. */
function isNameOf(pointer: string): boolean {
  return /\/(properties|definitions|\$defs)$/.test(pointer);
}
