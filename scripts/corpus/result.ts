/** How one case ended. `unsupported`: it needs a node that has no counterpart. */
export interface CaseResult {
  id: string;
  kind: string;
  outcome: 'passed' | 'failed' | 'unsupported';
  /** Node types of n8n that the case tries, without their package. */
  types: string[];
  /** The case needs answers of a local server, and is counted apart. */
  isMocked: boolean;
  /** What differs, for failures; which node is missing, for unsupported ones. */
  reason?: string;
}

export function show(value: unknown, limit = 600): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > limit ? `${text.slice(0, limit)}…` : text;
}
