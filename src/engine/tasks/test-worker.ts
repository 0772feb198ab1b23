import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { NodeError } from '../kernel/index.ts';
import { serveTasks } from './serve-tasks.ts';

let count = 0;

/** A worker with tasks to try. For tests. */
serveTasks({
  count: () => Promise.resolve(() => (count += 1)),
  double: () => Promise.resolve((input: number) => input * 2),
  refuse: () =>
    Promise.resolve(() => {
      throw new NodeError('FIELD_MISSING', { field: 'x' });
    }),
  fail: () => Promise.resolve(() => Promise.reject(new TypeError('so it is'))),
  spin: () =>
    Promise.resolve(() => {
      for (;;);
    }),
  hoard: () =>
    Promise.resolve(() => {
      const all: unknown[] = [];
      for (;;) all.push(new Array(1000).fill({}));
    }),
  hoardOutside: () =>
    Promise.resolve(() => {
      const all: Buffer[] = [];
      for (;;) all.push(Buffer.alloc(1024 ** 2, 1));
    }),
  reach: () =>
    Promise.resolve(() => ({
      // eslint-disable-next-line no-restricted-properties -- what is tested is that there is nothing in it
      environment: Object.keys(process.env),
      read: codeOf(() => readFileSync('/etc/hostname')),
      write: codeOf(() => writeFileSync(import.meta.filename, '')),
      start: codeOf(() => spawnSync('id')),
    })),
});

function codeOf(attempt: () => unknown): string {
  try {
    attempt();
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
}
