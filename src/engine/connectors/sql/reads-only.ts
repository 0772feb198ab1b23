/** Whether a query only looks. What begins with `with` may write, and so may functions that a `select` calls. */
export function beginsAsRead(query: string): boolean {
  return /^=?\s*(?:(?:--|#)[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(?:select|show|values|table|explain|describe)\b/i.test(
    query,
  );
}
