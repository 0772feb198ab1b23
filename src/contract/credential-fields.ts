import { isVisible } from './ports.ts';
import type { CredentialField, CredentialTypeDescription } from './schemas/credential.ts';

/** The fields of a credential type that apply with these values; choices not made yet count as the first option. */
export function visibleFields(
  { fields }: Pick<CredentialTypeDescription, 'fields'>,
  values: Readonly<Record<string, string>>,
): CredentialField[] {
  const filled: Record<string, string> = {};
  for (const { name, options } of fields) filled[name] = values[name] || (options?.[0] ?? '');
  return fields.filter(({ visibleWhen, hidden }) => !hidden && isVisible(visibleWhen, filled));
}
