import { serveTasks } from '../../tasks/index.ts';
import { SnippetInstance, type SnippetAnswer } from './snippet-instance.ts';

export interface SnippetRun {
  wasm: Uint8Array;
  /** JSON texts; each is a call of its own. */
  inputs: string[];
  /** Whether the others are called after one failed. */
  keepsGoing: boolean;
}

/** What each call gave, up to the first that failed where it does not keep going. */
async function run({ wasm, inputs, keepsGoing }: SnippetRun): Promise<SnippetAnswer[]> {
  const module = await WebAssembly.compile(wasm as Uint8Array<ArrayBuffer>);
  const answers: SnippetAnswer[] = [];
  let instance: SnippetInstance | null = null;
  for (const input of inputs) {
    instance ??= new SnippetInstance(module);
    const answer = instance.call(input);
    answers.push(answer);
    if (!('failure' in answer)) continue;
    if (!keepsGoing) break;
    // After a trap there is nothing sound left in it.
    instance = null;
  }
  return answers;
}

serveTasks({ run: () => Promise.resolve(run) });
