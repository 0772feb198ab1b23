import { basename } from 'node:path';
import type { ImportReport, WorkflowProblem } from '../../../contract/index.ts';
import type { EngineClient } from '../../../engine/app.ts';
import { EngineError } from '../../../engine/kernel/index.ts';
import type { Command } from '../command.ts';
import { toFailure, type Failure } from '../describe-failure.ts';
import { openEngine } from '../engine-session.ts';
import { describeReport } from '../import-report-lines.ts';
import type { Output } from '../output.ts';
import { readTextFile } from '../read-text-file.ts';
import { UsageError } from '../usage-error.ts';

interface ImportResult {
  file: string;
  id: string | null;
  name: string | null;
  active: boolean;
  problems: WorkflowProblem[];
  /** What was lost, for a file of another product. */
  report: ImportReport | null;
  error: Failure | null;
}

export const importWorkflows: Command = {
  options: {
    activate: { type: 'boolean' },
    from: { type: 'string' },
    json: { type: 'boolean' },
    data: { type: 'string' },
    'database-url': { type: 'string' },
  },
  help: {
    en: `Usage: guixuflow import FILE… [--from n8n] [--activate] [--json] [--data DIR]

Puts workflow files into the data folder, or into the engine that is running on it, and prints their new ids.
Workflows of n8n are recognised; what could not be taken over is listed for each node.

  --from n8n   Refuse files that are not n8n's
  --activate   Activate each one; ends with 1 when one cannot be activated
  --json       Print {file, id, name, active, problems, report, error}, one line per file
  --data DIR   Data folder`,
    'zh-CN': `用法：guixuflow import 文件… [--from n8n] [--activate] [--json] [--data 文件夹]

将工作流文件导入数据文件夹（或正在使用它的引擎），并输出新的 ID。
可自动识别 n8n 的工作流，并逐节点列出未能转换的内容。

  --from n8n     拒绝不是 n8n 导出的文件
  --activate     同时激活；有无法激活的工作流时退出码为 1
  --json         每个文件输出一行 {file, id, name, active, problems, report, error}
  --data 文件夹  数据文件夹`,
  },
  async run(call) {
    const { positionals: files, output, values } = call;
    if (files.length === 0)
      throw new UsageError(output.text('Name at least one workflow file.', '请至少指定一个工作流文件。'));
    const from = values['from'];
    if (from !== undefined && from !== 'n8n')
      throw new UsageError(
        output.text(
          `--from ${String(from)} is not known. Use --from n8n, or leave it out.`,
          `无法识别 --from ${String(from)}。请使用 --from n8n，或省略该选项。`,
        ),
      );
    const session = await openEngine(call, { temporary: false });
    let exitCode = 0;
    try {
      for (const file of files) {
        const result = await importFile(session.client, file, output, {
          activate: values['activate'] === true,
          onlyForeign: from === 'n8n',
        });
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
  output: Output,
  { activate, onlyForeign }: { activate: boolean; onlyForeign: boolean },
): Promise<ImportResult> {
  const result: ImportResult = {
    file,
    id: null,
    name: null,
    active: false,
    problems: [],
    report: null,
    error: null,
  };
  try {
    const upload = { text: await readTextFile(file), fileName: basename(file) };
    if (onlyForeign && (await client.workflows.read(upload)).report === null)
      throw new EngineError('WORKFLOW_FILE_INVALID', {
        file,
        reason: output.text(
          'it does not come from n8n. Leave out --from n8n to import it.',
          '它不是 n8n 导出的文件。如要导入，请去掉 --from n8n。',
        ),
      });
    const { id, name, problems, report } = await client.workflows.import(upload);
    Object.assign(result, { id, name, problems, report });
    if (activate) result.active = (await client.workflows.activate({ id })).active;
  } catch (error) {
    result.error = toFailure(error, output);
  }
  return result;
}

function describe({ file, id, name, active, problems, report, error }: ImportResult, output: Output): string {
  const state = active ? output.text(', active', '，已激活') : '';
  const lines = [id === null ? `${basename(file)}:` : `${basename(file)}: ${id} "${name}"${state}`];
  for (const { severity, code, message } of problems) {
    lines.push(
      `  ${severity === 'error' ? output.text('problem', '问题') : output.text('warning', '警告')} ${code}: ${message}`,
    );
  }
  if (report) lines.push(...describeReport(report, output));
  if (error) lines.push(`  ${error.code}: ${error.message}`);
  return lines.join('\n');
}
