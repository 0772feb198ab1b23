import { notificationHandlers, pendingHandlers } from './attention.ts';
import { credentialHandlers, credentialTypeHandlers } from './credentials.ts';
import { dataTableHandlers } from './data-tables.ts';
import { eventHandlers } from './events.ts';
import { executionHandlers } from './executions.ts';
import { expressionHandlers } from './expressions.ts';
import { implementer } from './implementer.ts';
import { openApiHandlers } from './openapi.ts';
import { storageHandlers } from './storage.ts';
import { nodeTypeHandlers, systemHandlers } from './system.ts';
import { workflowHandlers } from './workflows.ts';

/** The whole contract implemented; a procedure without a handler does not compile. */
export const router = implementer.router({
  workflows: workflowHandlers,
  executions: executionHandlers,
  storage: storageHandlers,
  dataTables: dataTableHandlers,
  pending: pendingHandlers,
  notifications: notificationHandlers,
  openApi: openApiHandlers,
  nodeTypes: nodeTypeHandlers,
  credentialTypes: credentialTypeHandlers,
  credentials: credentialHandlers,
  expressions: expressionHandlers,
  events: eventHandlers,
  system: systemHandlers,
});
