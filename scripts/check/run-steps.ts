import { spawn } from 'node:child_process';

export interface Step {
  name: string;
  command: string;
  args: string[];
}

export interface StepResult {
  name: string;
  isPassed: boolean;
  durationMs: number;
  output: string;
}

/** Runs the steps, a few at a time, and calls back as each one ends. Gives the results in the order of ending. */
export async function runSteps(
  steps: readonly Step[],
  options: { parallel: number; onResult(result: StepResult): void },
): Promise<StepResult[]> {
  const queue = [...steps];
  const results: StepResult[] = [];
  const worker = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) {
      const result = await runStep(step);
      results.push(result);
      options.onResult(result);
    }
  };
  await Promise.all(Array.from({ length: options.parallel }, worker));
  return results;
}

function runStep({ name, command, args }: Step): Promise<StepResult> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const finish = (isPassed: boolean) =>
      resolve({ name, isPassed, durationMs: performance.now() - startedAt, output });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.on('error', (error) => {
      output += error.message;
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}
