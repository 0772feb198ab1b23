import type { Locale } from '../errors/texts.ts';
import { fillText } from '../fill-text.ts';
import { IMPORT_TEXTS_EN, type ImportCode } from './texts.en.ts';
import { IMPORT_TEXTS_ZH_CN } from './texts.zh-CN.ts';

const TEXTS: Record<Locale, Record<ImportCode, string>> = {
  en: IMPORT_TEXTS_EN,
  'zh-CN': IMPORT_TEXTS_ZH_CN,
};

/** The sentence for a finding of an import in the user's language. */
export function describeImport(
  code: ImportCode,
  facts: Record<string, unknown> = {},
  locale: Locale = 'en',
): string {
  return fillText(TEXTS[locale][code], facts);
}
