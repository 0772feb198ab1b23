import type { AnyNode } from './ast.ts';
import { programOf, type Program } from './program.ts';
import { splitText, type Part } from './split.ts';
import { staticPathOf, type StaticPath } from './static-path.ts';
import type { CompiledExpression } from './types.ts';

/** Literal text, or a path whose value goes into it. */
export type StaticPiece = string | StaticPath;

/** How a text is answered: without an evaluator, or by a program in an isolate. */
export type Compiled = CompiledExpression &
  (
    | { kind: 'path'; path: StaticPath }
    | { kind: 'text'; pieces: readonly StaticPiece[] }
    | { kind: 'program'; program: Program }
  );

/** Throws EngineError EXPRESSION_SYNTAX. */
export function compileText(source: string): Compiled {
  const parts = splitText(source);
  const pieces = parts.map(staticPieceOf);
  if (pieces.some((piece) => piece === null)) return compileAsProgram(source, parts);
  const [only] = pieces;
  const seesOnlyItem = (pieces as StaticPiece[]).every(isOfItem);
  if (pieces.length === 1 && only && typeof only !== 'string')
    return { source, seesOnlyItem, kind: 'path', path: only };
  return { source, seesOnlyItem, kind: 'text', pieces: pieces as StaticPiece[] };
}

/** Compiles for an isolate what would do without: tests compare both ways. */
export function compileAsProgram(source: string, parts = splitText(source)): Compiled {
  const program = programOf(parts);
  return { source, seesOnlyItem: program.seesOnlyItem, kind: 'program', program };
}

function isOfItem(piece: StaticPiece): boolean {
  return typeof piece === 'string' || !['node', 'related', 'item-index'].includes(piece.root.kind);
}

function staticPieceOf(part: Part): StaticPiece | null {
  if (part.kind === 'text') return part.text;
  const [statement, ...more] = part.statements;
  if (!statement || more.length > 0) return null;
  return staticPathOf(
    statement.type === 'ExpressionStatement' ? (statement.expression as AnyNode) : statement,
  );
}
