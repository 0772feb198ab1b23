import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('run.ts', import.meta.url));

it('loses, doubles and forgets nothing under kill -9', { timeout: 300_000 }, async () => {
  const child = spawn(process.execPath, [RUN, '--executions', '100', '--seed', '11'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  const [code] = (await once(child, 'close')) as [number | null];
  expect(output).toContain('chaos: nothing lost, nothing doubled, nothing stuck');
  expect(code).toBe(0);
});
