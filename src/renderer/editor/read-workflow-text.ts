import type { ImportReport } from '../../contract/index.ts';
import { client } from '../client/index.ts';
import { looksLikeWorkflow, parseFragment, type Fragment } from './document/clipboard.ts';

/**
 * The workflow in a text: our own is read here, foreign ones by the engine, with what they lost. Null when there is
 * none in it.
 */
export async function readWorkflowText(
  text: string,
): Promise<{ fragment: Fragment; report: ImportReport | null } | null> {
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
