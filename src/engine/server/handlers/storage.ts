import { implementer } from './implementer.ts';

const { storage } = implementer;

export const storageHandlers = {
  usage: storage.usage.handler(({ context }) => context.services.storage.history.usage()),
  retention: storage.retention.handler(({ context }) => context.services.retention.settings()),
  setRetention: storage.setRetention.handler(({ input, context }) =>
    context.services.retention.setSettings(input),
  ),
  preview: storage.preview.handler(({ input, context }) => context.services.retention.preview(input)),
  prune: storage.prune.handler(({ context }) => context.services.retention.prune()),
  progress: storage.progress.handler(({ context }) => context.services.retention.progress()),
};
