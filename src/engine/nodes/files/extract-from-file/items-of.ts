import type { Item } from '../../../../contract/index.ts';
import { NodeError } from '../../../node-kit/index.ts';

/** What a file holds as items themselves: one for an object, one for each object of a list. */
export function itemsOf(value: unknown, fileField: string): Array<Item['json']> {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const isObject = (entry: unknown): entry is Item['json'] =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry);
  if (list.every(isObject)) return list;
  const reason = 'the file holds neither an object nor a list of objects; name a field for the result';
  throw new NodeError('PARAMETER_INVALID', { field: fileField, reason });
}
