export { buildRequest } from './build-node.ts';
export { listOperations } from './operations.ts';
export { readOperation } from './read-operation.ts';
