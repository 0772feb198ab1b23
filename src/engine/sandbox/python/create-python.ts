import { join } from 'node:path';
import { findScript, type Clock } from '../../kernel/index.ts';
import { createTaskRunner, type TaskRunner } from '../../tasks/index.ts';

/** Isolates need addons, and no snapshot of Node's; the last is where their loader looks for the kind of Linux. */
const FLAGS = ['--no-node-snapshot', '--allow-addons', '--allow-fs-read=/etc/alpine-release'];

/** Processes that run Python, which start with the first code. What a run may take is limited for each run. */
export function createPython(clock: Clock): TaskRunner {
  return createTaskRunner({
    ...findScript(join(import.meta.dirname, 'python-host.ts')),
    ...{ flags: FLAGS, clock, most: 2, memoryMb: 2560, idleMs: 60_000 },
  });
}
