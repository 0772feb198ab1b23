/** A whole number; what JavaScript would round stays a text. */
export function exactInteger(text: string): number | string {
  const value = Number(text);
  return String(value) === text || (/^-?\d+$/.test(text) && Number.isSafeInteger(value)) ? value : text;
}

/** `1.50` is the number 1.5; only what would lose digits stays a text. */
export function exactDecimal(text: string): number | string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return String(value) === plain ? value : text;
}

/** A number of single precision by its shortest digits: 0.1, and not 0.10000000149011612. */
export function shortestSingle(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}
