/** What a user pasted to sign in: the token of a start link, or the text itself. */
export function readStartToken(text: string): string {
  const trimmed = text.trim();
  return /[?&]token=([^&#\s]+)/.exec(trimmed)?.[1] ?? trimmed;
}
