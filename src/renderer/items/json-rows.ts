import { valueKind, valueSize, type ValueKind } from './value-preview.ts';

export type JsonPath = ReadonlyArray<string | number>;

/** One line of a JSON tree. */
export interface JsonRow {
  /** Unlike any other row's; what `toggled` holds. */
  id: string;
  depth: number;
  /** Name or index within the parent; undefined for a root. */
  name: string | number | undefined;
  path: JsonPath;
  value: unknown;
  kind: ValueKind;
  /** Number of children; only arrays and objects have any. */
  size: number;
  isOpen: boolean;
}

/** Lines deeper than this are closed until the user opens them. */
const OPEN_DEPTH = 2;

/**
 * The lines of a JSON tree that are visible now. `toggled` holds the ids of rows that are not as they are by default:
 * open down to the second level, closed below.
 */
export function jsonRows(roots: readonly unknown[], toggled: ReadonlySet<string>): JsonRow[] {
  const rows: JsonRow[] = [];
  const add = (value: unknown, name: string | number | undefined, path: JsonPath, id: string) => {
    const depth = path.length - 1;
    const size = valueSize(value);
    const isOpen = size > 0 && depth < OPEN_DEPTH !== toggled.has(id);
    rows.push({ id, depth, name, path, value, kind: valueKind(value), size, isOpen });
    if (!isOpen) return;
    if (Array.isArray(value)) {
      value.forEach((entry, index) => add(entry, index, [...path, index], `${id}/${index}`));
    } else {
      for (const [key, entry] of Object.entries(value as object)) {
        add(entry, key, [...path, key], `${id}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
      }
    }
  };
  roots.forEach((root, index) => add(root, undefined, [index], String(index)));
  return rows;
}
