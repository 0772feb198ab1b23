import type { WorkflowDetail } from '../../../contract/index.ts';
import type { StoredWorkflow } from '../../storage/index.ts';
import { localizeProblems } from '../localize-problems.ts';
import type { RequestContext } from '../services.ts';

/** The stored workflow with what is wrong with it, in the caller's language. */
export async function toWorkflowDetail(
  { services, locale }: RequestContext,
  stored: StoredWorkflow,
): Promise<WorkflowDetail> {
  const problems = await services.documents.validate(stored.document);
  const failure = stored.active ? services.activation.failureOf(stored.id) : null;
  return { ...stored, problems: localizeProblems(failure ? [failure, ...problems] : problems, locale) };
}
