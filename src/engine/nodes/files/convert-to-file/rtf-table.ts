/** A table in Rich Text Format 1.9, which is ASCII. */
export function rtfTable(rows: ReadonlyArray<readonly unknown[]>): string {
  return `{\\rtf1\\ansi\\uc1${rows.map(rowOf).join('')}}`;
}

/** Twips (1/1440 inch) from the left edge, which Word needs for every cell of every row. */
const COLUMN_TWIPS = 2000;

function rowOf(cells: readonly unknown[]): string {
  const edges = cells.map((_, index) => `\\cellx${(index + 1) * COLUMN_TWIPS}`).join('');
  const texts = cells.map((cell) => ` ${escape(textOf(cell))}\\cell`).join('');
  return `\\trowd\\trautofit1${edges}\\pard\\intbl${texts}\\pard\\intbl\\row`;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return String(cell as string | number);
}

/** Code units outside of ASCII as signed 16-bit numbers, each with `?` for programs that know none. */
function escape(text: string): string {
  return text
    .replace(/[\\{}]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\par ')
    .replace(/[^ -~]/g, (unit) => `\\u${(unit.charCodeAt(0) << 16) >> 16}?`);
}
