import type { ImportReport, WorkflowDocument } from '../../../contract/index.ts';
import { parseText } from '../parse-text.ts';
import { parseWorkflow } from '../parse.ts';
import { isCurl, readCurl } from './curl/read-curl.ts';

export interface ReadWorkflow {
  document: WorkflowDocument;
  /** What was lost, when the text came from another product. */
  report: ImportReport | null;
}

/**
 * The workflow in a text of our own or n8n's format, told apart by what is in it; JSON or YAML. A call of curl is read as a
 * workflow of one HTTP request. Throws WORKFLOW_FILE_INVALID and
 * WORKFLOW_TOO_NEW as `parseWorkflow` does.
 */
export async function readWorkflow(text: string, file?: string): Promise<ReadWorkflow> {
  if (isCurl(text)) return { document: readCurl(text, file), report: null };
  const value = await parseText(text, file);
  // Loaded when needed: most engines never see a foreign file.
  const { findN8nWorkflow, readN8n } = await import('./n8n/index.ts');
  const foreign = findN8nWorkflow(value);
  if (!foreign) return { document: parseWorkflow(value, file), report: null };
  return readN8n(foreign, file);
}
