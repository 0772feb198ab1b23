/** Says whether the value at a path of keys is to be hidden. */
export type Rule = (path: readonly string[]) => boolean;

/**
 * `password` means every field of that name, `headers.authorization` those below a `headers`, `*.token` those below
 * anything: a rule fits the end of a path, whatever the case. Numbers of list entries are no part of a path.
 */
export function compileRules(texts: readonly string[]): Rule | null {
  const rules = texts
    .map((text) => text.trim().toLowerCase())
    .filter((text) => text !== '')
    .map((text) => text.split('.'));
  if (rules.length === 0) return null;
  return (path) =>
    rules.some(
      (rule) =>
        rule.length <= path.length &&
        rule.every((name, index) => {
          const actual = path[path.length - rule.length + index] ?? '';
          return name === '*' || name === actual.toLowerCase();
        }),
    );
}

/** A copy in which the values that a rule fits are replaced; the same value where none are. */
export function replaceMarked(
  value: unknown,
  rule: Rule,
  replace: (value: unknown) => unknown,
  path: readonly string[] = [],
): unknown {
  if (Array.isArray(value))
    return sameOr(
      value,
      value.map((entry) => replaceMarked(entry, rule, replace, path)),
    );
  if (typeof value !== 'object' || value === null) return value;
  const changed: Record<string, unknown> = {};
  let isSame = true;
  for (const [key, entry] of Object.entries(value)) {
    const at = [...path, key];
    // Nothing is hidden where there is nothing.
    const next =
      entry !== null && entry !== undefined && rule(at)
        ? replace(entry)
        : replaceMarked(entry, rule, replace, at);
    isSame &&= next === entry;
    changed[key] = next;
  }
  return isSame ? value : changed;
}

/** A copy in which every text is what `replace` makes of it; the same value where all stay. */
export function replaceTexts(value: unknown, replace: (text: string) => unknown): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value))
    return sameOr(
      value,
      value.map((entry) => replaceTexts(entry, replace)),
    );
  if (typeof value !== 'object' || value === null) return value;
  const changed: Record<string, unknown> = {};
  let isSame = true;
  for (const [key, entry] of Object.entries(value)) {
    changed[key] = replaceTexts(entry, replace);
    isSame &&= changed[key] === entry;
  }
  return isSame ? value : changed;
}

function sameOr(before: readonly unknown[], after: unknown[]): unknown {
  return after.some((entry, index) => entry !== before[index]) ? after : before;
}
