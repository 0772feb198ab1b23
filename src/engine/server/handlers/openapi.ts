import { implementer } from './implementer.ts';

const { openApi } = implementer;

export const openApiHandlers = {
  fetch: openApi.fetch.handler(async ({ input: { url }, context: { services } }) => ({
    text: await services.openApi.fetch(url),
  })),
  operations: openApi.operations.handler(({ input: { text }, context: { services } }) =>
    services.openApi.operations(text),
  ),
  operation: openApi.operation.handler(({ input, context: { services } }) =>
    services.openApi.operation(input),
  ),
  node: openApi.node.handler(async ({ input: { operation, ...filled }, context: { services } }) => ({
    parameters: await services.openApi.node(operation, filled),
  })),
};
