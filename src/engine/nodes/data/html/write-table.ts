export interface TableRules {
  caption: string;
  /** Column names in words: `order_id` becomes "Order Id". */
  capitalize: boolean;
  /** With a look of its own, for mails; otherwise bare, for pages with a style sheet. */
  styled: boolean;
  /** Attributes as written in HTML, such as `class="wide"`. */
  tableAttributes: string;
  headerAttributes: string;
  rowAttributes: string;
  cellAttributes: string;
}

const STYLES = {
  table:
    'border-collapse:collapse;font-family:system-ui,"PingFang SC","Microsoft YaHei",sans-serif;font-size:14px',
  header: 'padding:8px 12px;border-bottom:2px solid #d0d4dc;background:#f5f6f8;text-align:left',
  cell: 'padding:8px 12px;border-bottom:1px solid #e4e7ec;vertical-align:top',
};

/** Rows as an HTML table; columns in the order they first appear, texts escaped. */
export function writeTable(rows: ReadonlyArray<Record<string, unknown>>, rules: TableRules): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const open = (tag: string, attributes: string, style?: string) =>
    `<${[tag, rules.styled && style && `style='${style}'`, attributes.trim()].filter(Boolean).join(' ')}>`;
  const title = (name: string) => (rules.capitalize ? inWords(name) : name);
  const header = columns
    .map((name) => `${open('th', rules.headerAttributes, STYLES.header)}${escape(title(name))}</th>`)
    .join('');
  const body = rows.map((row) => {
    const cells = columns.map(
      (name) => `${open('td', rules.cellAttributes, STYLES.cell)}${escape(textOf(row[name]))}</td>`,
    );
    return `${open('tr', rules.rowAttributes)}${cells.join('')}</tr>`;
  });
  return [
    open('table', rules.tableAttributes, STYLES.table),
    ...(rules.caption ? [`<caption>${escape(rules.caption)}</caption>`] : []),
    `<thead>${open('tr', rules.rowAttributes)}${header}</tr></thead>`,
    `<tbody>${body.join('')}</tbody>`,
    '</table>',
  ].join('');
}

function inWords(name: string): string {
  return name
    .split(/[_\s-]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' },
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
