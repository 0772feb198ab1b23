import type { Life } from './engine.ts';
import type { Ledger } from './ledger.ts';
import { answerTo, type Effect } from './sink.ts';

interface Undecided {
  nodeId: string;
  runIndex: number;
  units: number[];
}

/**
 * Answers everything the engine asks, as a person would who looks at the other side: what took place is done, with the
 * data it gave, and what did not is to be repeated. Gives how many answers there were.
 */
export async function answerQuestions(
  life: Life,
  effects: readonly Effect[],
  ledger: Ledger,
): Promise<number> {
  const waiting = await life.api<{ items: Array<{ id: string }> }>(
    'GET',
    '/executions?status=waiting&limit=200',
  );
  let answers = 0;
  for (const { id } of waiting.items) {
    const { items } = await life.api<{ items: Undecided[] }>('GET', `/executions/${id}/undecided`);
    for (const { nodeId, runIndex, units } of items) {
      for (const unit of units) {
        const name = `${nodeId}/${id}/${runIndex}/${unit}`;
        ledger.onQuestion(name);
        const effect = effects.find((one) => one.unit === name);
        const answer = effect
          ? { choice: 'done', items: [{ json: answerTo(effect.n), pairedItem: { item: unit } }] }
          : { choice: 'repeat' };
        await life.api('POST', `/executions/${id}/decide`, { nodeId, runIndex, unit, ...answer });
        answers += 1;
      }
    }
  }
  return answers;
}
