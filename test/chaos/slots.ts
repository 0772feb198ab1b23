import type { Life } from './engine.ts';

const SLOT_MS = 1000;

interface Listed {
  items: Array<{ id: string }>;
  nextCursor: string | null;
}

/** A workflow that starts every second, and later once for each second that nobody watched. */
export const secondsWorkflow = () => ({
  name: 'seconds',
  nodes: [
    {
      id: 'clock',
      name: 'clock',
      type: 'schedule-trigger',
      position: [0, 0],
      parameters: { rules: [{ every: 'seconds', count: 1 }], missed: 'all' },
    },
  ],
  connections: [],
});

/** The seconds that the workflow started for, in order; a second is there as often as it was started for. */
export async function readSlots(life: Life, workflowId: string): Promise<number[]> {
  const slots: number[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Listed = await life.api<Listed>(
      'GET',
      `/executions?workflowId=${workflowId}&limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    for (const { id } of page.items) {
      const { nodeRuns } = await life.api<{
        nodeRuns: Array<{ outputs: Array<Array<{ json: { timestamp: string } }>> }>;
      }>('GET', `/executions/${id}`);
      slots.push(Date.parse(nodeRuns[0]?.outputs[0]?.[0]?.json.timestamp ?? ''));
    }
    cursor = page.nextCursor;
  }
  return slots.sort((a, b) => a - b);
}

/** Slots that were fired twice, and slots between the first and the last one that never were. */
export function checkSlots(slots: readonly number[]): { twice: string[]; never: string[] } {
  const text = (slot: number) => new Date(slot).toISOString();
  const fired = new Set(slots);
  const twice = slots.filter((slot, index) => slot === slots[index - 1]).map(text);
  const never: string[] = [];
  const last = slots.at(-1) ?? 0;
  for (let slot = slots[0] ?? 0; slot < last; slot += SLOT_MS) if (!fired.has(slot)) never.push(text(slot));
  return { twice, never };
}
