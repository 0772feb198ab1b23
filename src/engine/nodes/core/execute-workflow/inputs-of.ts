import type { Assignment, Item } from '../../../../contract/index.ts';
import { NodeError, toFieldType } from '../../../node-kit/index.ts';

/** The fields to call a workflow with. Throws NodeError PARAMETER_INVALID for a value that is not of its type. */
export function inputsOf(fields: readonly Assignment[], itemIndex: number): Item['json'] {
  return Object.fromEntries(
    fields.map(({ name, type, value }, row): [string, unknown] => {
      const fitted = toFieldType(value, type);
      if ('value' in fitted) return [name, fitted.value];
      const parameter = `fields.${row}.value`;
      throw new NodeError('PARAMETER_INVALID', { parameter, field: name, itemIndex, reason: fitted.reason });
    }),
  );
}
