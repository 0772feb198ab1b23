/** Whether a GraphQL document may change something: it holds a mutation beside, or instead of, its queries. */
export function isMutation(query: string): boolean {
  const withoutTexts = query.replace(/#[^\n]*|"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"/g, ' ');
  return /\bmutation\b\s*[\w({@]/.test(withoutTexts);
}
