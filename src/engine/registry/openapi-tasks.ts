import type { Task } from '../node-kit/index.ts';

/** What the task process does besides the tasks of nodes. */
export const OPENAPI_TASKS: Readonly<Record<string, () => Promise<Task>>> = {
  'openapi/operations': async () => {
    const { listOperations } = await import('../workflow/import/openapi/index.ts');
    return ({ text }: { text: string }) => listOperations(text);
  },
  'openapi/operation': async () => {
    const { readOperation } = await import('../workflow/import/openapi/index.ts');
    return ({ text, ...wanted }: { text: string } & Parameters<typeof readOperation>[1]) =>
      readOperation(text, wanted);
  },
};
