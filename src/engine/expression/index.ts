export type { CodeRunner, CompiledExpression, ExpressionEngine, ExpressionResult, ExpressionScope, NodeScope } from './types.ts';
