import { isEngineError, messageOf } from '../kernel/index.ts';
import type { Task } from '../node-kit/index.ts';
import type { TaskAnswer, TaskRequest } from './protocol.ts';

/** Does in the task process what {@link createTaskRunner} asks for, one task after the other. */
export function serveTasks(tasks: Readonly<Record<string, () => Promise<Task>>>): void {
  // Without the engine there is nothing to do.
  process.on('disconnect', () => process.exit());
  process.on('message', (request: TaskRequest) => {
    void answerTo(request).then((answer) => process.send?.(answer));
  });

  async function answerTo({ name, input }: TaskRequest): Promise<TaskAnswer> {
    try {
      const load = tasks[name];
      if (!load) throw new Error(`There is no task called ${name}`);
      return { value: await (await load())(input) };
    } catch (error) {
      if (isEngineError(error)) return { code: error.code, facts: error.facts };
      return { reason: messageOf(error) };
    }
  }
}
