import type { ApprovalDecision } from '../../contract/index.ts';
import { EMPTY_ITEM_LIST, type ItemList, type ResumeDeclaration } from '../node-kit/index.ts';
import type { PendingInsert } from '../storage/index.ts';
import type { NodeRunState } from './run-data.ts';
import type { Spill } from './spill.ts';

interface WaitingRun {
  state: NodeRunState;
  waiting: { resume: ResumeDeclaration | undefined; until: number | null; tokenHash: string | null };
}

export function hasApprovals(runs: readonly WaitingRun[]): boolean {
  return runs.some(({ waiting: { resume } }) => resume?.kind === 'approval');
}

/** What of all that waits is for people to decide. */
export function pendingOf(
  { workflowId, workflowName }: { workflowId: string | null; workflowName: string },
  runs: readonly WaitingRun[],
): PendingInsert[] {
  return runs.flatMap(
    ({ state: { nodeId, nodeName, runIndex, startedAt }, waiting: { resume, until, tokenHash } }) =>
      resume?.kind === 'approval'
        ? [
            {
              ...{ nodeId, nodeName, runIndex, workflowId, workflowName, tokenHash },
              kind: 'approval',
              about: resume.about,
              since: startedAt,
              dueAt: until,
            },
          ]
        : [],
  );
}

/** What came in, with the decision, at the first output where it was approved and at the second where it was not. */
export function decidedOutputs(
  outputs: readonly ItemList[],
  { approved, comment, by, via, at }: ApprovalDecision,
  spill: Spill,
): ItemList[] {
  const approval = {
    decision: approved ? 'approved' : 'rejected',
    ...{ comment, by, via },
    at: new Date(at).toISOString(),
  };
  const entered = outputs.find((list) => list.length > 0)?.read() ?? [];
  const items = spill.keep(entered.map((item) => ({ ...item, json: { ...item.json, approval } })));
  return outputs.map((_list, port) => (port === (approved ? 0 : 1) ? items : EMPTY_ITEM_LIST));
}
