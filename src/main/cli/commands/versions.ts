import type { WorkflowVersion } from '../../../contract/index.ts';
import type { Command, CommandCall } from '../command.ts';
import { openEngine } from '../engine-session.ts';
import { UsageError } from '../usage-error.ts';

export const versions: Command = {
  options: { data: { type: 'string' }, 'database-url': { type: 'string' } },
  help: {
    en: `Usage: guixuflow versions ID [--data DIR]

Lists the versions of the workflow with this id, the newest first.

  --data DIR   Data folder`,
    'zh-CN': `用法：guixuflow versions ID [--data 文件夹]

列出该 ID 的工作流的全部版本，最新的在最前面。

  --data 文件夹  数据文件夹`,
  },
  async run(call) {
    const [id, ...others] = call.positionals;
    if (id === undefined || others.length > 0)
      throw new UsageError(call.output.text('Name one workflow id.', '请指定一个工作流 ID。'));
    const session = await openEngine(call, { temporary: false });
    try {
      let cursor: string | null | undefined;
      do {
        const page = await session.client.workflows.versions.list({
          id,
          limit: 200,
          ...(cursor && { cursor }),
        });
        for (const version of page.items) call.output.print(lineOf(version, call));
        if (page.total === 0)
          call.output.say(call.output.text('There are no versions yet.', '还没有任何版本。'));
        cursor = page.nextCursor;
      } while (cursor);
    } finally {
      await session.close();
    }
    return 0;
  },
};

function lineOf(version: WorkflowVersion, { output }: CommandCall): string {
  const kinds = {
    published: output.text('published', '已发布'),
    automatic: output.text('automatic', '自动保存'),
    named: output.text('named', '手动保存'),
  };
  return [
    version.version,
    new Date(version.createdAt).toISOString(),
    version.published ? `${kinds.published} *` : kinds[version.kind],
    output.text(`nodes: ${version.nodeCount}`, `节点：${version.nodeCount}`),
    version.name,
  ]
    .join('\t')
    .trimEnd();
}
