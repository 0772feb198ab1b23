import { WorkflowFileFormat } from '../../../contract/index.ts';
import type { Command } from '../command.ts';
import { openEngine } from '../engine-session.ts';
import { UsageError } from '../usage-error.ts';

export const exportWorkflow: Command = {
  options: { format: { type: 'string' }, data: { type: 'string' }, 'database-url': { type: 'string' } },
  help: {
    en: `Usage: guixuflow export ID [--format json|yaml] [--data DIR]

Prints the workflow with this id as a workflow file.

  --format F   json (the default) or yaml
  --data DIR   Data folder`,
    'zh-CN': `用法：guixuflow export ID [--format json|yaml] [--data 文件夹]

以工作流文件的形式输出该 ID 的工作流。

  --format 格式  json（默认）或 yaml
  --data 文件夹  数据文件夹`,
  },
  async run(call) {
    const [id, ...others] = call.positionals;
    if (id === undefined || others.length > 0)
      throw new UsageError(call.output.text('Name one workflow id.', '请指定一个工作流 ID。'));
    const format = WorkflowFileFormat.safeParse(call.values['format'] ?? 'json');
    if (!format.success)
      throw new UsageError(
        call.output.text(
          `--format ${String(call.values['format'])} is not known. Use json or yaml.`,
          `无法识别 --format ${String(call.values['format'])}。请使用 json 或 yaml。`,
        ),
      );
    const session = await openEngine(call, { temporary: false });
    try {
      const { text } = await session.client.workflows.export({ id, format: format.data });
      call.output.print(text.trimEnd());
    } finally {
      await session.close();
    }
    return 0;
  },
};
