export { createExpressionEngine } from './engine.ts';
export { splitText } from './split.ts';
export type { CompiledExpression, ExpressionEngine, ExpressionFailure, ExpressionResult } from './types.ts';
export type { CodeRunner, CodeRunOptions, ExpressionScope, NodeScope, PageScope } from '../sandbox/index.ts';
