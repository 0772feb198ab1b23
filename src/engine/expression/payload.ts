import type { ExpressionScope } from '../sandbox/index.ts';
import type { Program } from './program.ts';

/** The part of an item's JSON that all of these programs together read, as JSON text; undefined for none. */
export function jsonTextOf(
  programs: readonly Program[],
  scope: ExpressionScope,
  itemIndex: number,
): string | undefined {
  const fields = fieldsOf(programs);
  return fields === 'none' ? undefined : oneJson(fields, scope, itemIndex);
}

/** The same for many items, as the text of a list. */
export function jsonListOf(
  programs: readonly Program[],
  scope: ExpressionScope,
  itemIndexes: readonly number[],
): string | undefined {
  const fields = fieldsOf(programs);
  if (fields === 'none') return undefined;
  if (fields === 'all') return JSON.stringify(itemIndexes.map((index) => scope.items[index]?.json ?? {}));
  return `[${itemIndexes.map((index) => oneJson(fields, scope, index)).join(',')}]`;
}

function fieldsOf(programs: readonly Program[]): Program['json'] {
  const [only] = programs;
  if (programs.length === 1 && only) return only.json;
  if (programs.some(({ json }) => json === 'all')) return 'all';
  const fields = [...new Set(programs.flatMap(({ json }) => (json === 'none' ? [] : json)))];
  return programs.every(({ json }) => json === 'none') ? 'none' : fields;
}

function oneJson(fields: 'all' | readonly string[], scope: ExpressionScope, itemIndex: number): string {
  const json = scope.items[itemIndex]?.json ?? {};
  if (fields === 'all') return JSON.stringify(json);
  let text = '';
  for (const field of fields) {
    if (!Object.hasOwn(json, field)) continue;
    const value = JSON.stringify(json[field]) as string | undefined;
    if (value !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(field)}:${value}`;
  }
  return `{${text}}`;
}
