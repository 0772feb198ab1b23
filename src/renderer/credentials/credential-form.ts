import {
  visibleFields,
  type CredentialSummary,
  type CredentialTypeDescription,
} from '../../contract/index.ts';

export interface CredentialForm {
  name: string;
  type: string;
  /** Field name to text; a stored secret is empty here. */
  values: Record<string, string>;
}

/** The form to begin with: of a stored credential, or an empty one of the type. */
export function openForm(type: string, credential?: CredentialSummary): CredentialForm {
  return credential
    ? { name: credential.name, type: credential.type, values: { ...credential.fields } }
    : { name: '', type, values: {} };
}

/** Names of the fields that still have to be filled in; `name` stands for the credential's own name. */
export function missingFields(
  form: CredentialForm,
  type: CredentialTypeDescription,
  isStored: boolean,
): ReadonlySet<string> {
  const missing = new Set<string>();
  if (form.name.trim() === '') missing.add('name');
  for (const { name, kind, required } of visibleFields(type, form.values)) {
    const mayStayEmpty = !required || kind === 'select' || (isStored && kind === 'secret');
    if (!mayStayEmpty && !form.values[name]) missing.add(fieldKey(name));
  }
  return missing;
}

/** A field of a type may itself be called `name`. */
export function fieldKey(name: string): string {
  return `field:${name}`;
}

/** What is sent: fields of the type only, and secrets only where one was typed in. */
export function formData(form: CredentialForm, type: CredentialTypeDescription): Record<string, string> {
  const data: Record<string, string> = {};
  for (const { name, kind, options, hidden } of type.fields) {
    if (hidden) continue;
    const value = form.values[name] || (options?.[0] ?? '');
    if (kind !== 'secret' || value !== '') data[name] = value;
  }
  return data;
}
