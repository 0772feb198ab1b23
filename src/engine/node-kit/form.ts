import { param, type ParametersOf } from './parameters.ts';
import { NodeError } from '../kernel/index.ts';

const FIELD_KINDS = [
  ...(['text', 'textarea', 'number', 'email', 'password', 'date', 'select', 'checkboxes', 'radio'] as const),
  ...(['file', 'hidden', 'html'] as const),
] as const;

/** One field of a page. */
export interface FormField {
  kind: (typeof FIELD_KINDS)[number];
  /** Where the answer goes in the item; unique on the page, empty for `html`. */
  name: string;
  label: string;
  placeholder: string;
  initial: string;
  required: boolean;
  options: string[];
  /** Several options or files. */
  multiple: boolean;
  /** Endings or types of files, with commas; empty for any. */
  accept: string;
  html: string;
}

/** A page with a form on it, as plain data. */
export interface FormPage {
  title: string;
  description: string;
  fields: FormField[];
  /** Label of the button; empty for the usual one. */
  button: string;
}

const kindIs = (...kind: FormField['kind'][]) => ({ kind });
const NAMED = FIELD_KINDS.filter((kind) => kind !== 'html');
const CHOICES = kindIs('select', 'checkboxes', 'radio');

/** The parameters that describe a page, for every node that shows one. */
export const formPageParameters = {
  title: param.string(),
  description: param.string({ multiline: true }),
  fields: param.list({
    fields: {
      kind: param.select({ options: FIELD_KINDS, default: 'text' }),
      label: param.string({ visibleWhen: { kind: NAMED } }),
      name: param.string({ visibleWhen: { kind: NAMED } }),
      required: param.boolean({ visibleWhen: { kind: NAMED.filter((kind) => kind !== 'hidden') } }),
      placeholder: param.string({
        visibleWhen: kindIs('text', 'textarea', 'number', 'email', 'password'),
      }),
      initial: param.string({
        visibleWhen: { kind: NAMED.filter((kind) => kind !== 'file' && kind !== 'password') },
      }),
      options: param.string({ multiline: true, required: true, visibleWhen: CHOICES }),
      multiple: param.boolean({ visibleWhen: kindIs('select', 'file') }),
      accept: param.string({ placeholder: '.pdf, image/*', visibleWhen: kindIs('file') }),
      html: param.code({ language: 'html', expression: true, visibleWhen: kindIs('html') }),
    },
  }),
  button: param.string(),
};

/** The page these parameters describe. Throws NodeError PARAMETER_INVALID for fields without a name or with a used one. */
export function formPage(settings: ParametersOf<typeof formPageParameters>): FormPage {
  const { title, description, button } = settings;
  const names = new Set<string>();
  const fields = settings.fields.map(({ options, ...field }, index): FormField => {
    const name = field.kind === 'html' ? '' : field.name.trim() || field.label.trim();
    const invalid = (reason: string) =>
      new NodeError('PARAMETER_INVALID', {
        parameter: `fields.${index}.name`,
        field: `fields.${index}.name`,
        reason,
      });
    if (field.kind !== 'html' && name === '') throw invalid('the field needs a label or a name');
    if (name !== '' && names.has(name)) throw invalid(`another field is called "${name}"`);
    names.add(name);
    const choices = options.split('\n').map((option) => option.trim());
    return { ...field, name, label: field.label.trim() || name, options: choices.filter(Boolean) };
  });
  return { title, description, fields, button };
}
