import { implementer } from './implementer.ts';

const { credentials } = implementer;

export const credentialTypeHandlers = {
  list: implementer.credentialTypes.list.handler(({ context }) => ({
    items: context.services.credentialTypes.describe(),
  })),
};

export const credentialHandlers = {
  list: credentials.list.handler(({ input, context }) => context.services.credentials.list(input)),
  create: credentials.create.handler(({ input, context }) => context.services.credentials.create(input)),
  update: credentials.update.handler(({ input, context }) => context.services.credentials.update(input)),
  uses: credentials.uses.handler(async ({ context }) => ({
    items: await context.services.credentials.uses(),
  })),
  connect: credentials.connect.handler(({ input: { id }, context }) =>
    context.services.credentials.connect(id),
  ),
  test: credentials.test.handler(async ({ input, context }) => {
    await context.services.credentials.test(input);
    return { ok: true };
  }),
  delete: credentials.delete.handler(async ({ input: { id }, context }) => {
    await context.services.credentials.delete(id);
    return { id };
  }),
};
