import { randomBytes, randomInt, randomUUID } from 'node:crypto';

export const RANDOM_KINDS = ['uuid', 'hex', 'base64', 'letters'] as const;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A UUID of version 4, or a text of `length` characters that nobody can guess. */
export function randomText(kind: (typeof RANDOM_KINDS)[number], length: number): string {
  if (kind === 'uuid') return randomUUID();
  if (kind === 'letters') return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return randomBytes(length).toString(kind).slice(0, length);
}
