import type { WorkflowNode } from '../../../../contract/index.ts';
import type { N8nNode } from './source-document.ts';

/** n8n's own bounds for tries and the pause between them. */
const MOST_TRIES = 5;
const LONGEST_PAUSE_MS = 5000;

/** What every n8n node may be told besides its parameters. */
export function nodeSettings(node: N8nNode): Partial<WorkflowNode> {
  const settings: Partial<WorkflowNode> = {};
  if (node.disabled) settings.disabled = true;
  if (node.notes) settings.notes = node.notes;
  if (node.alwaysOutputData) settings.alwaysOutput = true;
  if (node.executeOnce) settings.executeOnce = true;
  const onError = errorPolicy(node);
  if (onError) settings.onError = onError;
  if (node.retryOnFail) {
    settings.retry = {
      attempts: clamp(node.maxTries ?? 3, 2, MOST_TRIES),
      delayMs: clamp(node.waitBetweenTries ?? 1000, 0, LONGEST_PAUSE_MS),
      backoff: 'fixed',
    };
  }
  return settings;
}

/** `continueOnFail` is how exports before 2023 said it. */
function errorPolicy({ onError, continueOnFail }: N8nNode): WorkflowNode['onError'] {
  if (onError === 'continueRegularOutput') return 'continue';
  if (onError === 'continueErrorOutput') return 'error-output';
  return onError === undefined && continueOnFail ? 'continue' : undefined;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
