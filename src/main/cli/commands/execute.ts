import { readWorkflow } from '../../../engine/app.ts';
import type { EngineClient } from '../../../engine/app.ts';
import { Item } from '../../../contract/index.ts';
import { EngineError } from '../../../engine/kernel/index.ts';
import { textOption, type Command, type CommandCall } from '../command.ts';
import { toFailure } from '../describe-failure.ts';
import { openEngine } from '../engine-session.ts';
import { describeResult } from '../execution-report.ts';
import { failedResult, runToEnd, type ExecutionOutcome } from '../run-to-end.ts';
import { readTextFile } from '../read-text-file.ts';
import { UsageError } from '../usage-error.ts';

export const execute: Command = {
  options: {
    input: { type: 'string' },
    json: { type: 'boolean' },
    start: { type: 'string' },
    data: { type: 'string' },
    'database-url': { type: 'string' },
  },
  help: {
    en: `Usage: guixuflow execute FILE… [--input items.json] [--start NAME] [--json] [--data DIR]

Runs each workflow file once and prints what its nodes gave. Ends with 0 when all succeeded, otherwise with 1.

  --input FILE   JSON list of items for the start node: objects, or {"json": …} items
  --start NAME   The trigger to start from where there are several
  --json         Print {status, durationMs, error, nodes, runs}; several files give one line each
  --data DIR     Use the credentials and workflows of this data folder and keep the execution there;
                 without it nothing is kept`,
    'zh-CN': `用法：guixuflow execute 文件… [--input items.json] [--start 名称] [--json] [--data 文件夹]

将每个工作流文件运行一次，并输出各节点的结果。全部成功时退出码为 0，否则为 1。

  --input 文件   起始节点的数据项（JSON 列表）：普通对象，或 {"json": …} 形式
  --start 名称   有多个触发器时，从哪一个开始
  --json         输出 {status, durationMs, error, nodes, runs}；多个文件时每个一行
  --data 文件夹  使用该数据文件夹中的凭证和工作流，并把执行保存在那里；不指定则不保留任何内容`,
  },
  async run(call) {
    const { positionals: files, output, values } = call;
    if (files.length === 0)
      throw new UsageError(output.text('Name at least one workflow file.', '请至少指定一个工作流文件。'));
    const input = await readItems(textOption(call, 'input'));
    const session = await openEngine(call, { temporary: true });
    let exitCode = 0;
    try {
      for (const file of files) {
        const outcome = await executeFile(session.client, file, input, call);
        if (outcome.status !== 'success') exitCode = 1;
        output.print(
          values['json'] === true ? JSON.stringify(outcome) : describeResult(file, outcome, output),
        );
      }
    } finally {
      await session.close();
    }
    return exitCode;
  },
};

/** A file that cannot be run gives a failed outcome like one that ran and failed, so that the others still run. */
async function executeFile(
  client: EngineClient,
  file: string,
  input: Item[] | undefined,
  call: CommandCall,
): Promise<ExecutionOutcome> {
  try {
    const { document } = await readWorkflow(await readTextFile(file), file);
    return await runToEnd(client, {
      document,
      ...(input && { input }),
      ...(textOption(call, 'start') !== undefined && { startNode: textOption(call, 'start') as string }),
    });
  } catch (error) {
    return failedResult(toFailure(error, call.output));
  }
}

/** Plain objects are taken as the `json` of an item. */
async function readItems(path: string | undefined): Promise<Item[] | undefined> {
  if (path === undefined) return undefined;
  const text = await readTextFile(path);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new EngineError(
      'JSON_INVALID',
      { reason: `${path}: ${error instanceof Error ? error.message : ''}` },
      { cause: error },
    );
  }
  return (Array.isArray(parsed) ? parsed : [parsed]).map((entry: unknown, index) => {
    const item = Item.safeParse(entry);
    if (item.success) return item.data;
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry))
      return { json: entry as Record<string, unknown> };
    throw new EngineError('INPUT_INVALID', { reason: `${path}: entry ${index} is not an object` });
  });
}
