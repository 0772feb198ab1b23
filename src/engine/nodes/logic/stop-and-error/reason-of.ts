/** What people read of an error object: its message, and its description where it has both. */
export function reasonOf(error: unknown): { reason: string; description?: string } {
  if (typeof error !== 'object' || error === null) return { reason: String(error) };
  const { message, description, error: inner } = error as Record<string, unknown>;
  const texts = [message, description, inner].filter(
    (text) => typeof text === 'string' && text.trim() !== '',
  );
  const [reason = JSON.stringify(error), detail] = texts as string[];
  return detail === undefined ? { reason } : { reason, description: detail };
}
