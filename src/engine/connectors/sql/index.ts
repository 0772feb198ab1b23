export { bindPieces, type BoundQuery } from './bind-pieces.ts';
export { doubleQuoted, Statement, type Dialect } from './statement.ts';
export { addWhere, conditionFields } from './where.ts';
