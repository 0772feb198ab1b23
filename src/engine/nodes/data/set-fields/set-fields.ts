import type { Assignment, Item } from '../../../../contract/index.ts';
import { derive, NodeError, omitFields, pickFields, setPath, toFieldType } from '../../../node-kit/index.ts';

interface Settings {
  mode: 'fields' | 'json';
  assignments: readonly Assignment[];
  json: unknown;
  include: 'all' | 'none' | 'selected' | 'except';
  includeFields: ReadonlyArray<{ field: string }>;
  dottedPaths: boolean;
  /** A value that does not fit its type stays as it is. */
  keepUnfit: boolean;
  keepBinary: boolean;
}

/** The item with its new fields, and of its others those that are to stay. */
export function setFields(item: Item, index: number, settings: Settings): Item {
  const json = kept(item.json, settings);
  if (settings.mode === 'json') Object.assign(json, objectOf(settings.json));
  else assign(json, settings);
  return derive(json, index, 0, settings.keepBinary ? item.binary : undefined);
}

function kept(json: Item['json'], { include, includeFields }: Settings): Item['json'] {
  if (include === 'all') return { ...json };
  if (include === 'none') return {};
  const paths = includeFields.map(({ field }) => field);
  return include === 'selected' ? pickFields(json, paths) : omitFields(json, paths);
}

function assign(json: Item['json'], { assignments, dottedPaths, keepUnfit }: Settings): void {
  for (let index = 0; index < assignments.length; index++) {
    const { name, type, value } = assignments[index] as Assignment;
    if (name === '') {
      const parameter = `assignments.${index}.name`;
      throw new NodeError('PARAMETER_REQUIRED', { parameter, field: parameter });
    }
    const fitted = toFieldType(value, type);
    const converted = 'reason' in fitted && keepUnfit ? { value } : fitted;
    if ('reason' in converted) {
      const parameter = `assignments.${index}.value`;
      throw new NodeError('PARAMETER_INVALID', { parameter, field: name, reason: converted.reason });
    }
    if (dottedPaths) setPath(json, name, converted.value);
    else Object.defineProperty(json, name, { value: converted.value, ...ORDINARY });
  }
}

/** Plain assignment would set the prototype for a field called `__proto__`. */
const ORDINARY = { enumerable: true, configurable: true, writable: true };

function objectOf(value: unknown): Item['json'] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Item['json'];
  const reason = `an object is needed, not ${Array.isArray(value) ? 'a list' : JSON.stringify(value)}`;
  throw new NodeError('PARAMETER_INVALID', { parameter: 'json', field: 'json', reason });
}
