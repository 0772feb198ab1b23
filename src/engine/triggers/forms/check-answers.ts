import type { BinaryReference, Item, Locale } from '../../../contract/index.ts';
import { fillText } from '../../../contract/index.ts';
import type { FormField, FormPage } from '../../node-kit/index.ts';
import { FORM_TEXTS, type FormTexts } from './form-texts.ts';
import type { ReceivedFile, ReceivedForm } from '../receive-form.ts';
import { FILE_LIMIT_BYTES } from './read-submission.ts';

export interface CheckedAnswers {
  json: Item['json'];
  binary: Record<string, BinaryReference>;
  /** What was typed, for the page to show again. */
  values: Map<number, readonly string[]>;
  problems: Map<number, string>;
}

/** What was answered, field by field, with what is wrong about it. The browser is not trusted to have checked. */
export function checkAnswers(page: FormPage, sent: ReceivedForm, locale: Locale): CheckedAnswers {
  const texts = FORM_TEXTS[locale];
  const checked: CheckedAnswers = { json: {}, binary: {}, values: new Map(), problems: new Map() };
  page.fields.forEach((field, index) => {
    if (field.kind === 'html') return;
    const result =
      field.kind === 'file'
        ? checkFiles(field, sent.files.get(`f${index}`) ?? [], checked.binary, texts)
        : checkText(field, sent.texts.get(`f${index}`) ?? [], texts);
    if (field.kind !== 'file' && field.kind !== 'password')
      checked.values.set(index, sent.texts.get(`f${index}`) ?? []);
    if ('problem' in result) checked.problems.set(index, result.problem);
    else checked.json[field.name] = result.value;
  });
  return checked;
}

type Result = { value: unknown } | { problem: string };

function checkText(field: FormField, sent: readonly string[], texts: FormTexts): Result {
  const given = sent.filter((text) => text.trim() !== '');
  const [first] = given;
  if (first === undefined) {
    if (field.required) return { problem: texts.missing };
    return { value: takesSeveral(field) ? [] : field.kind === 'number' ? null : '' };
  }
  switch (field.kind) {
    case 'number': {
      const number = Number(first.trim().replace(/^(-?\d+),(\d+)$/, '$1.$2'));
      return Number.isFinite(number) ? { value: number } : { problem: texts.notANumber };
    }
    case 'email': {
      const address = first.trim();
      const fits = address.length <= 254 && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address);
      return fits ? { value: address } : { problem: texts.notAnEmail };
    }
    case 'date':
      return isDate(first.trim()) ? { value: first.trim() } : { problem: texts.notADate };
    case 'select':
    case 'radio':
    case 'checkboxes':
      if (!given.every((option) => field.options.includes(option))) return { problem: texts.notAnOption };
      return { value: takesSeveral(field) ? given : first };
    default:
      // Browsers send line breaks in their network form.
      return { value: first.replaceAll('\r\n', '\n') };
  }
}

function takesSeveral({ kind, multiple }: FormField): boolean {
  return kind === 'checkboxes' || (kind === 'select' && multiple);
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function checkFiles(
  field: FormField,
  sent: readonly ReceivedFile[],
  binary: Record<string, BinaryReference>,
  texts: FormTexts,
): Result {
  if (sent.length === 0)
    return field.required ? { problem: texts.missing } : { value: field.multiple ? [] : null };
  const limit = `${FILE_LIMIT_BYTES / 1024 / 1024} MB`;
  if (sent.some(({ isTooLarge }) => isTooLarge)) return { problem: fillText(texts.tooLarge, { limit }) };
  const taken = field.multiple ? sent : sent.slice(0, 1);
  if (!taken.every(({ blob }) => isAccepted(field.accept, blob.reference)))
    return { problem: fillText(texts.wrongType, { accept: field.accept }) };
  const described = taken.map(({ blob: { reference } }, index) => {
    binary[field.multiple ? `${field.name}_${index}` : field.name] = reference;
    const { fileName = '', mimeType, size } = reference;
    return { fileName, mimeType, size };
  });
  return { value: field.multiple ? described : described[0] };
}

function isAccepted(accept: string, { fileName = '', mimeType }: BinaryReference): boolean {
  const rules = accept
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  if (rules.length === 0) return true;
  const type = mimeType.toLowerCase();
  return rules.some((rule) => {
    if (rule.startsWith('.')) return fileName.toLowerCase().endsWith(rule);
    return rule.endsWith('/*') ? type.startsWith(rule.slice(0, -1)) : type === rule;
  });
}
