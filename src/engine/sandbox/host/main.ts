import { createRequire } from 'node:module';
import type ivm from 'isolated-vm';
import { breachOf } from '../breach.ts';
import type { FromHost, RunMessage, ToHost } from '../protocol.ts';
import type { Slot } from './slot.ts';
import { Slots } from './slots.ts';

/**
 * The sandbox process. V8 ends the whole process when some allocations do not fit into an isolate's limit, so the
 * isolates live here and not in the engine. It has no secrets, no environment and no files to reach.
 */

/** How long after its time is up a run may take to be interrupted, and then its isolate to be disposed. */
const GRACE_MS = 250;

const libraryPath = process.argv.at(-1) as string;
const library = createRequire(libraryPath)(libraryPath) as typeof ivm;
let slots: Slots | undefined;
let lastQuestion = 0;
const questions = new Map<number, (text: string) => void>();
/** Ends a run early; by run id. */
const aborts = new Map<number, () => void>();

const send = (message: FromHost) => process.send?.(message);

function callsOf(id: number) {
  return {
    ask: (operation: string, values: string) =>
      new Promise<string>((resolve) => {
        const question = ++lastQuestion;
        questions.set(question, resolve);
        send({ type: 'ask', id, question, operation, values });
      }),
    log: (level: string, text: string) => void send({ type: 'log', id, level, text }),
  };
}

async function run(message: RunMessage): Promise<void> {
  const { id } = message;
  let isAborted = false;
  aborts.set(id, () => {
    isAborted = true;
  });
  const slot = await (slots as Slots).acquire(message.owner, message.memoryMb);
  if (isAborted) {
    aborts.delete(id);
    (slots as Slots).release(slot, true);
    return;
  }
  slot.calls = callsOf(id);
  const overdue = setTimeout(() => finish(slot, id), message.timeoutMs + GRACE_MS);
  aborts.set(id, () => finish(slot, id));
  try {
    const text = await slot.run(message);
    if (aborts.has(id)) send({ type: 'done', id, text });
    (slots as Slots).release(slot, true);
  } catch (error) {
    if (aborts.has(id)) send({ type: 'breach', id, breach: breachOf(error) });
    (slots as Slots).release(slot, false);
  } finally {
    clearTimeout(overdue);
    clearTimeout(stuck.get(id));
    stuck.delete(id);
    aborts.delete(id);
  }
}

const stuck = new Map<number, NodeJS.Timeout>();

/** Disposes the isolate of a run that is aborted or overdue. Where V8 cannot be interrupted, the process has to go. */
function finish(slot: Slot, id: number): void {
  send({ type: 'breach', id, breach: { kind: 'timeout' } });
  aborts.delete(id);
  slot.dispose();
  stuck.set(
    id,
    setTimeout(() => process.exit(1), GRACE_MS),
  );
}

process.on('message', (message: ToHost) => {
  switch (message.type) {
    case 'start':
      slots = new Slots(library, message.runtime);
      send({ type: 'ready' });
      break;
    case 'run':
      void run(message);
      break;
    case 'abort':
      aborts.get(message.id)?.();
      break;
    case 'answer':
      questions.get(message.question)?.(message.text);
      questions.delete(message.question);
      break;
  }
});
process.on('disconnect', () => process.exit(0));
