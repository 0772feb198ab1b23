export { buildGraph, type GraphNode, type GraphTarget, type WorkflowGraph } from './graph.ts';
export { readWorkflow, type ReadWorkflow } from './import/read-workflow.ts';
export { compareWorkflows } from './diff/compare-workflows.ts';
export { serializeWorkflow } from './serialize.ts';
export { validateWorkflow, type KnownNodeType, type ValidationOptions } from './validate.ts';
export type { ExpressionCheck } from './validate-parameters.ts';
