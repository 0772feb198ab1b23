import { basename } from 'node:path';
import { z } from 'zod';
import { invalidWorkflow } from '../../parse.ts';
import type { ReadWorkflow } from '../read-workflow.ts';
import { importN8n } from './import-n8n.ts';

export { findN8nWorkflow } from './source-document.ts';

/** The n8n workflow as a document and a report. Throws WORKFLOW_FILE_INVALID when its nodes cannot be read. */
export function readN8n(value: unknown, file?: string): ReadWorkflow {
  try {
    const { document, report } = importN8n(value, file && basename(file).replace(/\.json$/i, ''));
    return { document, report };
  } catch (error) {
    if (error instanceof z.ZodError) throw invalidWorkflow(error, file);
    throw error;
  }
}
