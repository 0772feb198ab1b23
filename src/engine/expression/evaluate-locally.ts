import { answerCall, type ExpressionScope, type LocalContext, type Sandbox } from '../sandbox/index.ts';
import { readMany, readOne } from './answers.ts';
import { jsonListOf, jsonTextOf } from './payload.ts';
import type { Program } from './program.ts';
import type { ExpressionResult } from './types.ts';

/** Milliseconds the engine's thread may stand still for one node's expressions. */
const TIME_CAP_MS = 50;

/** These expressions need longer than the engine's thread may stand still. */
export class TimeCapHit extends Error {}

/** Numbers of the programs in each context; a context that is dropped takes its own along. */
const indexesByContext = new WeakMap<LocalContext, Map<string, number>>();

function indexOf(context: LocalContext, { source }: Program): number {
  let indexes = indexesByContext.get(context);
  if (!indexes) {
    indexes = new Map();
    indexesByContext.set(context, indexes);
  }
  let index = indexes.get(source);
  if (index === undefined) {
    index = context.define(source);
    indexes.set(source, index);
  }
  return index;
}

/** Evaluates in an isolate on this thread. Throws {@link TimeCapHit}. */
export function evaluateLocally(
  sandbox: Sandbox,
  programs: readonly Program[],
  scope: ExpressionScope,
  itemIndexes: readonly number[],
): ExpressionResult[][] {
  try {
    const context = sandbox.local.contextOf(scope.owner);
    context.answer = (operation, values) => answerCall(scope, operation, values);
    try {
      context.setZone(scope.timezone);
      return evaluateIn(context, programs, scope, itemIndexes);
    } finally {
      context.answer = null;
    }
  } catch (error) {
    // What users' code throws comes back as an answer, so this is a limit of the isolate. Whatever it was, it is
    // not let run on this thread again, and the sandbox process says what is wrong with it.
    throw new TimeCapHit('The expressions were stopped', { cause: error });
  }
}

function evaluateIn(
  context: LocalContext,
  programs: readonly Program[],
  scope: ExpressionScope,
  itemIndexes: readonly number[],
): ExpressionResult[][] {
  const [program] = programs;
  const [itemIndex] = itemIndexes;
  if (programs.length === 1 && itemIndexes.length === 1 && program && itemIndex !== undefined) {
    const json = jsonTextOf(programs, scope, itemIndex);
    return [[readOne(context.evaluate(indexOf(context, program), itemIndex, scope.now, json, TIME_CAP_MS))]];
  }
  const indexes = programs.map((each) => indexOf(context, each));
  const json = jsonListOf(programs, scope, itemIndexes);
  const text = context.evaluateMany(
    JSON.stringify(indexes),
    JSON.stringify(itemIndexes),
    scope.now,
    json,
    TIME_CAP_MS,
  );
  return readMany(text, programs.length, itemIndexes.length);
}
