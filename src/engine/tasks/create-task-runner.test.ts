import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import { createTaskRunner, type TaskRunner } from './create-task-runner.ts';

let runner: TaskRunner;
const clock = new FakeClock();
const start = (most = 1) => {
  const file = join(import.meta.dirname, 'test-worker.ts');
  const readable = join(import.meta.dirname, '../../..');
  runner = createTaskRunner({ file, readable, clock, most, memoryMb: 64, idleMs: 1000 });
  return runner;
};
afterEach(() => runner.dispose());

const never = new AbortController().signal;

describe('createTaskRunner', () => {
  it('gives what tasks give, with nothing of ours within reach', async () => {
    expect(await start().run('double', 21, never)).toBe(42);
    expect(await runner.run('reach', null, never)).toEqual({
      environment: ['TZ'],
      read: 'ERR_ACCESS_DENIED',
      write: 'ERR_ACCESS_DENIED',
      start: 'ERR_ACCESS_DENIED',
    });
  });

  it('gives the errors of tasks', async () => {
    await expect(start().run('refuse', null, never)).rejects.toMatchObject({
      code: 'FIELD_MISSING',
      facts: { field: 'x' },
    });
    await expect(runner.run('fail', null, never)).rejects.toThrow('so it is');
    await expect(runner.run('nothing', null, never)).rejects.toThrow('no task called nothing');
  });

  it('ends a task with the signal, and goes on with the next', async () => {
    start();
    const stopping = new AbortController();
    // Its process is there already, so that it is in the middle of it.
    expect(await runner.run('double', 1, never)).toBe(2);
    const running = runner.run('spin', null, stopping.signal);
    const next = runner.run('double', 1, never);
    const givenUp = new AbortController();
    const another = runner.run('double', 2, givenUp.signal);
    givenUp.abort(new Error('given up'));
    await expect(another).rejects.toThrow('given up');
    stopping.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    expect(await next).toBe(2);
    await expect(runner.run('double', 1, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  it('runs as many at a time as it may', async () => {
    start(2);
    const stopping = new AbortController();
    const running = runner.run('spin', null, stopping.signal);
    expect(await runner.run('double', 1, never)).toBe(2);
    stopping.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
  });

  it('ends a task that takes too much memory', async () => {
    await expect(start().run('hoard', null, never)).rejects.toMatchObject({
      code: 'TASK_MEMORY',
      facts: { limitMb: 64 },
    });
    expect(await runner.run('double', 1, never)).toBe(2);
  });

  it.skipIf(process.platform !== 'linux')('counts memory outside of the heap', async () => {
    await expect(start().run('hoardOutside', null, never)).rejects.toMatchObject({ code: 'TASK_MEMORY' });
  });

  it('keeps an idle worker for a while only', async () => {
    const count = () => runner.run('count', null, never);
    start();
    expect([await count(), await count()]).toEqual([1, 2]);
    await clock.advance(999);
    expect(await count()).toBe(3);
    await clock.advance(1000);
    expect(await count()).toBe(1);
  });
});
