import type { ImportReport } from '../../contract/index.ts';
import { client } from '../client/index.ts';
import { looksLikeWorkflow, parseFragment, type Fragment } from './document/clipboard.ts';

export interface ReadText {
  fragment: Fragment;
  /** What a foreign workflow lost. */
  report: ImportReport | null;
}

/** The workflow in a text: our own JSON is read here, the rest by the engine. Null when there is none in it. */
export async function readWorkflowText(text: string): Promise<ReadText | null> {
  const own = parseFragment(text);
  if (own) return { fragment: own, report: null };
  if (!looksLikeWorkflow(text)) return null;
  try {
    const { document, report } = await client.workflows.read({ text });
    return document.nodes.length > 0 ? { fragment: document, report } : null;
  } catch {
    // Whatever is wrong with it: it is no workflow that could be added.
    return null;
  }
}
