import { basename } from 'node:path';
import type { WorkflowProblem } from '../../../contract/index.ts';
import type { EngineClient } from '../../../engine/app.ts';
import type { Command } from '../command.ts';
import { toFailure, type Failure } from '../describe-failure.ts';
import { openEngine } from '../engine-session.ts';
import type { Output } from '../output.ts';
import { readTextFile } from '../read-text-file.ts';
import { UsageError } from '../usage-error.ts';

interface ImportResult {
  file: string;
  id: string | null;
  name: string | null;
  active: boolean;
  problems: WorkflowProblem[];
  error: Failure | null;
}

export const importWorkflows: Command = {
  options: {
    activate: { type: 'boolean' },
    json: { type: 'boolean' },
    data: { type: 'string' },
    'database-url': { type: 'string' },
  },
  help: {
    en: `Usage: guixuflow import FILE… [--activate] [--json] [--data DIR]

Puts workflow files into the data folder, or into the engine that is running on it, and prints their new ids.

  --activate   Activate each one; ends with 1 when one cannot be activated
  --json       Print {file, id, name, active, problems, error}, one line per file
  --data DIR   Data folder`,
    'zh-CN': `用法：guixuflow import 文件… [--activate] [--json] [--data 文件夹]

将工作流文件导入数据文件夹（或正在使用它的引擎），并输出新的 ID。

  --activate     同时激活；有无法激活的工作流时退出码为 1
  --json         每个文件输出一行 {file, id, name, active, problems, error}
  --data 文件夹  数据文件夹`,
  },
  async run(call) {
    const { positionals: files, output, values } = call;
    if (files.length === 0)
      throw new UsageError(output.text('Name at least one workflow file.', '请至少指定一个工作流文件。'));
    const session = await openEngine(call, { temporary: false });
    let exitCode = 0;
    try {
      for (const file of files) {
        const result = await importFile(session.client, file, values['activate'] === true, output);
        if (result.error) exitCode = 1;
        output.print(values['json'] === true ? JSON.stringify(result) : describe(result, output));
      }
    } finally {
      await session.close();
    }
    return exitCode;
  },
};

async function importFile(
  client: EngineClient,
  file: string,
  activate: boolean,
  output: Output,
): Promise<ImportResult> {
  const result: ImportResult = { file, id: null, name: null, active: false, problems: [], error: null };
  try {
    const { id, name, problems } = await client.workflows.import({
      text: await readTextFile(file),
      fileName: basename(file),
    });
    Object.assign(result, { id, name, problems });
    if (activate) result.active = (await client.workflows.activate({ id })).active;
  } catch (error) {
    result.error = toFailure(error, output);
  }
  return result;
}

function describe({ file, id, name, active, problems, error }: ImportResult, output: Output): string {
  const state = active ? output.text(', active', '，已激活') : '';
  const lines = [id === null ? `${basename(file)}:` : `${basename(file)}: ${id} "${name}"${state}`];
  for (const { severity, code, message } of problems) {
    lines.push(
      `  ${severity === 'error' ? output.text('problem', '问题') : output.text('warning', '警告')} ${code}: ${message}`,
    );
  }
  if (error) lines.push(`  ${error.code}: ${error.message}`);
  return lines.join('\n');
}
