import { describe, expect, it } from 'vitest';
import { Admission, type Applicant } from './admission.ts';

const applicant = (id: string, workflow: string, more: Partial<Applicant> = {}): Applicant => ({
  ...{ id, workflow, limit: null, priority: 'normal' as const },
  ...more,
});

/** Names of executions in the order in which they were let in. */
function rig(running: number, queued = 100) {
  const admission = new Admission({ running, queued });
  const admitted: string[] = [];
  const come = (one: Applicant) => {
    if (admission.enter(one)) admitted.push(one.id);
    else admission.queue(one, () => admitted.push(one.id));
  };
  return { admission, admitted, come };
}

describe('admission', () => {
  it('lets so many run at a time, and the next with each that leaves', () => {
    const { admission, admitted, come } = rig(2);
    for (const id of ['1', '2', '3', '4']) come(applicant(id, 'a'));
    expect(admitted).toEqual(['1', '2']);
    admission.leave('1');
    expect(admitted).toEqual(['1', '2', '3']);
    // Leaving twice, as after a wait and at the end, frees one place.
    admission.leave('1');
    expect(admitted).toEqual(['1', '2', '3']);
  });

  it('lets the workflows take turns', () => {
    const { admission, admitted, come } = rig(1);
    for (const id of ['a1', 'a2', 'a3', 'b1', 'b2']) come(applicant(id, id[0]!));
    for (const id of ['a1', 'a2', 'b1', 'a3']) admission.leave(id);
    expect(admitted).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
  });

  it('lets a higher priority go first', () => {
    const { admission, admitted, come } = rig(1);
    come(applicant('1', 'a'));
    come(applicant('2', 'a'));
    come(applicant('3', 'low', { priority: 'low' }));
    come(applicant('4', 'high', { priority: 'high' }));
    for (const id of ['1', '4', '2']) admission.leave(id);
    expect(admitted).toEqual(['1', '4', '2', '3']);
  });

  it('keeps to the limit of a workflow, and lets others pass it', () => {
    const { admission, admitted, come } = rig(10);
    for (const id of ['1', '2']) come(applicant(id, 'a', { limit: 1 }));
    come(applicant('3', 'b'));
    expect(admitted).toEqual(['1', '3']);
    admission.leave('1');
    expect(admitted).toEqual(['1', '3', '2']);
  });

  it('lets nobody in while it is closed', () => {
    const { admission, admitted, come } = rig(5);
    admission.close();
    for (const id of ['1', '2']) come(applicant(id, 'a'));
    expect(admitted).toEqual([]);
    admission.open();
    expect(admitted).toEqual(['1', '2']);
  });

  it('forgets who gives up', () => {
    const { admission, admitted, come } = rig(1);
    for (const id of ['1', '2', '3']) come(applicant(id, 'a'));
    admission.leave('2');
    admission.leave('1');
    expect(admitted).toEqual(['1', '3']);
    expect(admission.queued).toBe(0);
  });

  it('turns callers away once the queue is full', () => {
    const { admission, come } = rig(1, 1);
    come(applicant('1', 'a'));
    admission.refuseBeyondLimit();
    come(applicant('2', 'a'));
    expect(() => admission.refuseBeyondLimit()).toThrow(expect.objectContaining({ code: 'QUEUE_FULL' }));
  });
});
