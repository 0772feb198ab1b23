export const WORKBOOK_FORMATS = ['xlsx', 'xls', 'ods', 'html', 'rtf'] as const;

export type WorkbookFormat = (typeof WORKBOOK_FORMATS)[number];

export function isWorkbookFormat(format: string): format is WorkbookFormat {
  return (WORKBOOK_FORMATS as readonly string[]).includes(format);
}
