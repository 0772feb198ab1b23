import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../kernel/index.ts';
import { testPdf } from '../nodes/files/extract-from-file/test-pdf.ts';
import { createTaskRunner, type TaskRunner } from '../tasks/index.ts';
import { findTaskScript } from './task-script.ts';
import { TASKS } from './tasks.gen.ts';

const never = new AbortController().signal;
let runner: TaskRunner;
afterEach(() => runner.dispose());

describe('findTaskScript', () => {
  it('finds a script that knows every task, and can read what they need', async () => {
    const script = findTaskScript();
    expect(existsSync(script.file)).toBe(true);
    runner = createTaskRunner({ ...script, clock: systemClock, most: 1, memoryMb: 256, idleMs: 60_000 });
    for (const load of Object.values(TASKS)) expect(await load()).toBeTypeOf('function');
    const pdf = { bytes: testPdf([[{ text: '归墟流', chinese: true }]]), field: 'data', password: '' };
    // Its character maps are files of a library.
    const read = runner.run('extract-from-file/read-pdf', { ...pdf, maxPages: 0, joinPages: true }, never);
    expect(await read).toMatchObject({ text: '归墟流' });
    const rows = { columns: ['a'], rows: [[1]], format: 'xlsx', header: true, sheetName: '' };
    expect(await runner.run('convert-to-file/write-workbook', rows, never)).toBeInstanceOf(Uint8Array);
  });
});
