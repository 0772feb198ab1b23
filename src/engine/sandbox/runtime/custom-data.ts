import type { Call } from './call.ts';

/** `$execution.customData`: texts that mark the execution. */
export function customData(call: Call): object {
  const getAll = () => call.askAgain<Record<string, string>>('custom-data');
  const set = (key: unknown, value: unknown): void => {
    if (typeof key !== 'string' || key === '') throw new TypeError('customData takes a name first.');
    if (!['string', 'number', 'bigint', 'boolean'].includes(typeof value))
      throw new TypeError(`customData takes a text, a number or a boolean for "${key}".`);
    call.askAgain('set-custom-data', key, String(value));
  };
  return {
    set,
    setAll(values: unknown): void {
      if (typeof values !== 'object' || values === null)
        throw new TypeError('customData.setAll() takes an object of names and values.');
      for (const [key, value] of Object.entries(values)) set(key, value);
    },
    get(key: unknown): string | undefined {
      const all = getAll();
      return typeof key === 'string' && Object.hasOwn(all, key) ? all[key] : undefined;
    },
    getAll,
  };
}
