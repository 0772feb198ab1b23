/** Looks for a text in run data, whatever its case. */
export interface TextFinder {
  /** Quick and never wrong when it says no: whether the JSON text is worth parsing. */
  mayBeIn(json: string): boolean;
  /** Whether it is in a key or a value of the data or in the name of a file: not in what an item is made of. */
  isInItem(item: unknown): boolean;
  /** As `isInItem`, anywhere in a JSON text. */
  isInJson(json: string): boolean;
}

export function textFinder(text: string): TextFinder {
  const needle = text.toLowerCase();
  // As it is written within JSON, without the quotes around it.
  const written = JSON.stringify(text).slice(1, -1).toLowerCase();
  const isIn = (value: unknown): boolean => {
    if (typeof value === 'string') return value.toLowerCase().includes(needle);
    if (Array.isArray(value)) return value.some(isIn);
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).some(([key, entry]) => key.toLowerCase().includes(needle) || isIn(entry));
    return value !== null && String(value).includes(needle);
  };
  const mayBeIn = (json: string) => json.toLowerCase().includes(written);
  return {
    mayBeIn,
    isInItem(item) {
      if (typeof item !== 'object' || item === null) return false;
      const { json, binary } = item as { json?: unknown; binary?: Record<string, { fileName?: unknown }> };
      return isIn(json) || Object.values(binary ?? {}).some(({ fileName }) => isIn(fileName ?? ''));
    },
    isInJson: (json) => mayBeIn(json) && isIn(JSON.parse(json)),
  };
}
