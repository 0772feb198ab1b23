import type { WorkflowNode } from '../../contract/index.ts';
import { isEngineError } from '../kernel/index.ts';
import type { OwnedSchedule } from './read-triggers.ts';
import type { TriggerOwner } from './registered-webhook.ts';
import { createScheduler } from './scheduler.ts';
import type { TriggerServices } from './trigger-services.ts';

/** Another process comes across the same slot well within this time. */
const KEEP_KEY_MS = 86_400_000;
/** A slot that is later than this was slept through. */
const ASLEEP_MS = 3_600_000;

export interface Schedules {
  /**
   * By node, up to when the slots of a workflow were handled: until now for one that was just activated, and for one
   * that was active before the start until the last slot that was handled then.
   */
  handled(
    workflowId: string,
    schedules: readonly OwnedSchedule[],
    wasActive: boolean,
  ): Promise<ReadonlyMap<string, number>>;
  /** Watches these in place of those the workflow had. */
  replace(
    owner: TriggerOwner,
    schedules: readonly OwnedSchedule[],
    handled: ReadonlyMap<string, number>,
  ): void;
  remove(workflowId: string): void;
  stop(): void;
}

/** The schedules of active workflows. Each slot begins one execution, however many processes watch. */
export function createSchedules(
  services: Pick<TriggerServices, 'executions' | 'schedules' | 'clock' | 'logger' | 'onTriggerFailure'>,
): Schedules {
  const { clock, logger } = services;
  const scheduler = createScheduler(clock);

  const start = async (owner: TriggerOwner, node: WorkflowNode, slot: number) => {
    const key = `slot:${owner.id}:${node.id}:${slot}`;
    try {
      await services.executions.start({
        document: owner.document,
        workflowId: owner.id,
        version: owner.version,
        mode: 'schedule',
        startNodeId: node.id,
        input: [{ json: { scheduledFor: slot } }],
        startKeys: [{ key, expiresAt: Math.max(slot, clock.now()) + KEEP_KEY_MS }],
        slot: { workflowId: owner.id, nodeId: node.id, at: slot },
        store: 'start',
      });
    } catch (error) {
      if (isEngineError(error) && error.code === 'EXECUTION_STARTED_ALREADY') return;
      logger.error(
        { err: error, workflowId: owner.id, node: node.name, slot },
        'A schedule could not start its workflow',
      );
      services.onTriggerFailure(owner, error);
    }
  };

  /** Another process may have gone on while this one slept for longer than keys are kept. */
  const unhandled = async (workflowId: string, node: WorkflowNode, slots: readonly number[]) => {
    const now = clock.now();
    if (slots.every((slot) => slot > now - ASLEEP_MS)) return slots;
    try {
      const last = (await services.schedules.lastSlots(workflowId)).get(node.id) ?? 0;
      return last > now ? slots : slots.filter((slot) => slot > last);
    } catch (error) {
      logger.error({ err: error, workflowId, node: node.name }, 'Missed slots could not be looked up');
      return [];
    }
  };

  return {
    async handled(workflowId, schedules, wasActive) {
      const ids = schedules.map(({ node }) => node.id);
      const known = wasActive ? await services.schedules.lastSlots(workflowId) : new Map<string, number>();
      if (ids.every((id) => known.has(id))) return known;
      const now = clock.now();
      await services.schedules.begin(workflowId, ids, now);
      return new Map(ids.map((id) => [id, now]));
    },
    replace(owner, schedules, handled) {
      scheduler.replace(
        owner.id,
        schedules.map(({ node, next, missed }) => ({
          next,
          missed,
          // A slot of the future was handled by a clock that was ahead.
          after: Math.min(handled.get(node.id) ?? Infinity, clock.now()),
          async fire(slots) {
            for (const slot of await unhandled(owner.id, node, slots)) await start(owner, node, slot);
          },
        })),
      );
    },
    remove: (workflowId) => scheduler.remove(workflowId),
    stop: () => scheduler.stop(),
  };
}
