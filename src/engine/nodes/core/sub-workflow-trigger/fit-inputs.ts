import type { Assignment, Item } from '../../../../contract/index.ts';
import { NodeError, toFieldType } from '../../../node-kit/index.ts';

/** Exactly the declared fields, in their types; null where one is missing. Throws NodeError PARAMETER_INVALID. */
export function fitInputs(
  json: Item['json'],
  fields: ReadonlyArray<{ name: string; type: Assignment['type'] }>,
  itemIndex: number,
): Item['json'] {
  const entries = fields.map(({ name, type }): [string, unknown] => {
    const fitted = toFieldType(Object.hasOwn(json, name) ? json[name] : null, type);
    if ('reason' in fitted)
      throw new NodeError('PARAMETER_INVALID', { field: name, itemIndex, reason: fitted.reason });
    return [name, fitted.value];
  });
  return Object.fromEntries(entries);
}
