export interface TextRules {
  trim: boolean;
  /** No line breaks, and one space where there were several. */
  oneLine: boolean;
}

export function cleanText(text: string, { trim, oneLine }: TextRules): string {
  const trimmed = trim || oneLine ? text.trim() : text;
  return oneLine ? trimmed.replace(/[\r\n]+/g, '').replace(/\s+/g, ' ') : trimmed;
}
