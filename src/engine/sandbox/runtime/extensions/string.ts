import { DateTime } from 'luxon';
import { problem } from '../problem.ts';
import { DATE_EXTENSIONS } from './date.ts';
import { NUMBER_EXTENSIONS } from './number.ts';
import { base64Decode, base64Encode } from './base64.ts';
import { hash } from './hash.ts';
import { removeMarkdown, removeTags } from './markdown.ts';
import {
  EMAIL,
  extractDomain,
  extractEmail,
  extractUrl,
  extractUrlPath,
  isDomain,
  isUrl,
} from './address.ts';
import { toSentenceCase, toSnakeCase, toTitleCase } from './case.ts';

const fail = (reason: string, cause?: unknown) =>
  Object.assign(problem('EXPRESSION_FAILED', reason), cause && { cause });

/** As `Date` writes itself. Days that only some months have are left to the reader that knows which. */
const UTC_INSTANT =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/;

function toDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw fail(`"${text}" cannot convert to date`);
  return date;
}

/** Without a format: ISO, then RFC 2822, HTTP and SQL dates, then what JavaScript itself reads; or a number as text. */
function toDateTime(text: string, format?: unknown): DateTime {
  if (typeof format === 'string') {
    if (['ms', 's', 'us', 'excel'].includes(format))
      return NUMBER_EXTENSIONS.toDateTime(Number(text), format);
    const date = DateTime.fromFormat(text, format);
    if (!date.isValid) throw fail(`"${text}" does not have the format "${format}".`);
    return date;
  }
  const trimmed = text.trim();
  // What JSON holds most often, and what takes Luxon's general reader ten times as long.
  if (UTC_INSTANT.test(trimmed)) return DateTime.fromMillis(Date.parse(trimmed));
  const attempts = [DateTime.fromISO, DateTime.fromRFC2822, DateTime.fromHTTP, DateTime.fromSQL];
  for (const attempt of attempts) {
    const date = attempt(trimmed);
    if (date.isValid) return date;
  }
  return DateTime.fromJSDate(toDate(trimmed));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const hint = /^[\s]*[{[]\s*'/.test(text) ? ' JSON takes double quotes, not single ones.' : '';
    throw fail(`Parsing failed: ${(error as Error).message}.${hint}`);
  }
}

function toNumber(text: string): number {
  const number = Number(text);
  if (Number.isNaN(number)) throw fail(`"${text}" cannot be converted to a number.`);
  return number;
}

function parsed(text: string, parse: (text: string) => number): number {
  const number = parse(text.replace(/[, ]/g, ''));
  if (Number.isNaN(number)) throw fail(`"${text}" cannot be converted to a number.`);
  return number;
}

const toInt = (text: string, radix?: number) => parsed(text, (digits) => parseInt(digits, radix ?? 10));
const toFloat = (text: string) => parsed(text, parseFloat);
const isEmpty = (text: string) => text === '';
const FALSE_TEXTS = ['false', 'no', 'off', '0', ''];

export const STRING_EXTENSIONS = {
  length: (text: string) => text.length,
  isEmpty,
  isNotEmpty: (text: string) => !isEmpty(text),
  isNumeric: (text: string) => text.trim() !== '' && !/\s/.test(text) && Number.isFinite(Number(text)),
  isEmail: (text: string) => EMAIL.test(text),
  isUrl,
  isURL: isUrl,
  isDomain,
  extractEmail,
  extractDomain,
  extractUrl,
  extractUrlPath,
  removeMarkdown,
  removeTags,
  toDate,
  toDateTime,
  toBoolean: (text: string) => !FALSE_TEXTS.includes(text.trim().toLowerCase()),
  toInt,
  toWholeNumber: toInt,
  toFloat,
  toDecimalNumber: toFloat,
  toNumber,
  toSentenceCase,
  toSnakeCase,
  toTitleCase,
  urlEncode: (text: string, whole?: boolean) => (whole ? encodeURI(text) : encodeURIComponent(text)),
  urlDecode: (text: string, whole?: boolean) => (whole ? decodeURI(text) : decodeURIComponent(text)),
  quote: (text: string, mark = '"') =>
    `${mark}${text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`)}${mark}`,
  replaceSpecialChars: (text: string) =>
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[ßøłđæœþ]/gi, (letter) => SPECIAL[letter] ?? letter),
  parseJson,
  toJsonString: (text: string) => JSON.stringify(text),
  base64Encode,
  hash,
  base64Decode,
  format: (text: string, format?: unknown) => DATE_EXTENSIONS.format(toDateTime(text), format),
};

const SPECIAL: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  þ: 'th',
  Þ: 'Th',
};
