import type { WorkflowComparison, WorkflowDocument } from '../../../contract/index.ts';
import { serializeWorkflow } from '../serialize.ts';
import { diffWorkflows } from './diff-workflows.ts';

/** What leads from one document to another, by its parts and as lines of the YAML file. */
export async function compareWorkflows(
  before: WorkflowDocument,
  after: WorkflowDocument,
): Promise<WorkflowComparison> {
  const [old, present, { diffTexts }] = await Promise.all([
    serializeWorkflow(before, 'yaml'),
    serializeWorkflow(after, 'yaml'),
    import('./diff-texts.ts'),
  ]);
  return { diff: diffWorkflows(before, after), hunks: diffTexts(old, present) };
}
