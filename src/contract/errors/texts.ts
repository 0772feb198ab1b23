import { fillText } from '../fill-text.ts';
import type { ErrorCode } from './codes.ts';
import { ERROR_TEXTS_EN } from './texts.en.ts';
import { ERROR_TEXTS_ZH_CN } from './texts.zh-CN.ts';

export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

const TEXTS: Record<Locale, Record<ErrorCode, string>> = {
  en: ERROR_TEXTS_EN,
  'zh-CN': ERROR_TEXTS_ZH_CN,
};

/**
 * The sentence for a failure in the user's language, with its facts filled in: `{name}` stands for `facts.name`.
 * A fact that is missing is left out rather than shown as a gap name.
 */
export function describeError(
  code: ErrorCode,
  facts: Record<string, unknown> = {},
  locale: Locale = 'en',
): string {
  return fillText(TEXTS[locale][code], facts);
}

/** The locale that fits an `Accept-Language` header or a POSIX locale name best; English when none does. */
export function pickLocale(preference: string | undefined): Locale {
  return /^\s*zh/i.test(preference ?? '') ? 'zh-CN' : 'en';
}
