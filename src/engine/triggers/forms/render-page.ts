import type { Locale } from '../../../contract/index.ts';
import type { FormAnswer, FormField, FormPage } from '../../node-kit/index.ts';
import { FORM_STYLE } from './form-style.ts';
import { FORM_TEXTS, type FormTexts } from './form-texts.ts';

export interface PageState {
  locale: Locale;
  /** What was typed, per field; several where a field takes several. */
  values: ReadonlyMap<number, readonly string[]>;
  problems: ReadonlyMap<number, string>;
  /** Above the form. */
  notice: string | null;
  /** Sent along to tell one showing of the page from another; null where the address does. */
  nonce: string | null;
  isLast: boolean;
}

/** The page with the form on it. Field n is called `f<n>`, so that names of users need no escaping in requests. */
export function renderForm(page: FormPage, state: PageState): string {
  const texts = FORM_TEXTS[state.locale];
  const button = page.button || (state.isLast ? texts.submit : texts.next);
  const fields = page.fields.map((field, index) => renderField(field, index, state, texts)).join('');
  const hasFiles = page.fields.some(({ kind }) => kind === 'file');
  const encoding = hasFiles ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return renderDocument(
    state.locale,
    page.title,
    `${page.title && `<h1>${escape(page.title)}</h1>`}${page.description && `<p class="about">${escape(page.description)}</p>`}
${state.notice === null ? '' : `<p class="notice" role="alert">${escape(state.notice)}</p>`}
<form method="post" enctype="${encoding}" novalidate>
${state.nonce === null ? '' : `<input type="hidden" name="nonce" value="${escape(state.nonce)}">`}
${fields}
<button type="submit">${escape(button)}</button>
</form>`,
  );
}

/** The page after the last one, or the one in place of a form that is not there any more. */
export function renderEnd(answer: Pick<FormAnswer, 'title' | 'text'>, locale: Locale): string {
  const texts = FORM_TEXTS[locale];
  const title = answer.title || texts.doneTitle;
  const text = answer.text || (answer.title ? '' : texts.doneText);
  return renderDocument(
    locale,
    title,
    `<div class="end" role="status"><h1>${escape(title)}</h1>${text && `<p>${escape(text)}</p>`}</div>`,
  );
}

export function renderDocument(locale: Locale, title: string, body: string): string {
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${escape(title || 'GuixuFlow')}</title><style>${FORM_STYLE}</style></head>
<body><main>${body}</main></body>
</html>
`;
}

function renderField(field: FormField, index: number, state: PageState, texts: FormTexts): string {
  const name = `f${index}`;
  const values = state.values.get(index) ?? [];
  const problem = state.problems.get(index);
  if (field.kind === 'html') return `<div class="html">${field.html}</div>`;
  if (field.kind === 'hidden')
    return `<input type="hidden" name="${name}" value="${escape(values[0] ?? '')}">`;
  const mark = field.required ? `<span class="mark">${escape(texts.required)}</span>` : '';
  const about =
    problem === undefined
      ? field.required
        ? ' aria-required="true"'
        : ''
      : ` aria-invalid="true" aria-describedby="${name}-problem"`;
  const below = problem === undefined ? '' : `<p class="problem" id="${name}-problem">${escape(problem)}</p>`;
  if (field.kind === 'radio' || field.kind === 'checkboxes') {
    const type = field.kind === 'radio' ? 'radio' : 'checkbox';
    const choices = field.options.map(
      (option) =>
        `<label><input type="${type}" name="${name}" value="${escape(option)}"${values.includes(option) ? ' checked' : ''}>${escape(option)}</label>`,
    );
    return `<fieldset${about}><legend>${escape(field.label)}${mark}</legend>${choices.join('')}${below}</fieldset>`;
  }
  const label = `<label for="${name}">${escape(field.label)}${mark}</label>`;
  return `<div class="field">${label}${control(field, `id="${name}" name="${name}"${about}`, values, texts)}${below}</div>`;
}

function control(field: FormField, attributes: string, values: readonly string[], texts: FormTexts): string {
  const hint = field.placeholder && ` placeholder="${escape(field.placeholder)}"`;
  const several = field.multiple ? ' multiple' : '';
  const value = escape(values[0] ?? '');
  switch (field.kind) {
    case 'textarea':
      // A line break right after the tag belongs to the tag.
      return `<textarea ${attributes}${hint} rows="4">\n${value}</textarea>`;
    case 'select': {
      const empty = field.multiple ? '' : `<option value="">${escape(texts.chooseOne)}</option>`;
      const options = field.options.map(
        (option) =>
          `<option${values.includes(option) ? ' selected' : ''} value="${escape(option)}">${escape(option)}</option>`,
      );
      return `<select ${attributes}${several}>${empty}${options.join('')}</select>`;
    }
    case 'file':
      return `<input type="file" ${attributes}${several}${field.accept && ` accept="${escape(field.accept)}"`}>`;
    case 'password':
      return `<input type="password" ${attributes}${hint} autocomplete="off">`;
    case 'number':
      return `<input type="text" inputmode="decimal" ${attributes}${hint} value="${value}">`;
    default:
      return `<input type="${field.kind}" ${attributes}${hint} value="${value}">`;
  }
}

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
