import type { Command } from '../command.ts';
import { openEngine } from '../engine-session.ts';
import { UsageError } from '../usage-error.ts';

export const exportWorkflow: Command = {
  options: { data: { type: 'string' }, 'database-url': { type: 'string' } },
  help: {
    en: `Usage: guixuflow export ID [--data DIR]

Prints the workflow with this id as a workflow file.

  --data DIR   Data folder`,
    'zh-CN': `用法：guixuflow export ID [--data 文件夹]

以工作流文件的形式输出该 ID 的工作流。

  --data 文件夹  数据文件夹`,
  },
  async run(call) {
    const [id, ...others] = call.positionals;
    if (id === undefined || others.length > 0)
      throw new UsageError(call.output.text('Name one workflow id.', '请指定一个工作流 ID。'));
    const session = await openEngine(call, { temporary: false });
    try {
      const { text } = await session.client.workflows.export({ id });
      call.output.print(text.trimEnd());
    } finally {
      await session.close();
    }
    return 0;
  },
};
