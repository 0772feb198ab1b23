import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../kernel/fake-clock.ts';
import { createTaskRunner } from '../tasks/index.ts';
import { SHOP_20 } from '../workflow/import/openapi/samples.ts';
import { findTaskScript } from './task-script.ts';

describe('the task process', () => {
  const clock = new FakeClock();
  const runner = createTaskRunner({ ...findTaskScript(), clock, most: 1, memoryMb: 256, idleMs: 1000 });
  afterEach(() => runner.dispose());

  it('reads OpenAPI documents with no rights but to read its own code', async () => {
    const never = new AbortController().signal;
    expect(await runner.run('openapi/operations', { text: SHOP_20 }, never)).toMatchObject({
      title: 'Tea shop',
    });
    const wanted = { text: SHOP_20, method: 'PUT', path: '/orders/{id}' };
    expect(await runner.run('openapi/operation', wanted, never)).toMatchObject({ method: 'PUT' });
    await expect(runner.run('openapi/operations', { text: '{' }, never)).rejects.toMatchObject({
      code: 'OPENAPI_SYNTAX',
      facts: { line: 1 },
    });
  });
});
