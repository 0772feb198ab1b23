import type { TextHunk } from '../../../contract/index.ts';
import type { Command, CommandCall } from '../command.ts';
import { openEngine } from '../engine-session.ts';
import { UsageError } from '../usage-error.ts';

export const diff: Command = {
  options: { data: { type: 'string' }, 'database-url': { type: 'string' } },
  help: {
    en: `Usage: guixuflow diff ID [FROM] [TO] [--data DIR]

Prints what has changed in a workflow, as lines of its YAML file. FROM and TO are version numbers or "draft".
Without FROM the published version is taken, without TO the draft.

  --data DIR   Data folder`,
    'zh-CN': `用法：guixuflow diff ID [起始版本] [目标版本] [--data 文件夹]

以 YAML 文件的行为单位，输出工作流的改动。版本可以是版本号或 draft（草稿）。
不指定起始版本时使用已发布的版本，不指定目标版本时使用草稿。

  --data 文件夹  数据文件夹`,
  },
  async run(call) {
    const [id, from, to, ...others] = call.positionals;
    if (id === undefined || others.length > 0)
      throw new UsageError(
        call.output.text('Name a workflow id and up to two versions.', '请指定工作流 ID，以及至多两个版本。'),
      );
    const sides = {
      ...(from !== undefined && { from: readSide(from, call) }),
      ...(to !== undefined && { to: readSide(to, call) }),
    };
    const session = await openEngine(call, { temporary: false });
    try {
      const { hunks } = await session.client.workflows.versions.diff({ id, ...sides });
      for (const line of hunks.flatMap(hunkLines)) call.output.print(line);
      if (hunks.length === 0) call.output.say(call.output.text('There is no difference.', '没有差异。'));
    } finally {
      await session.close();
    }
    return 0;
  },
};

function readSide(text: string, { output }: CommandCall): number | 'draft' {
  if (text === 'draft') return text;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(
    output.text(
      `"${text}" is no version. Use a number of "guixuflow versions", or "draft".`,
      `“${text}”不是版本。请使用“guixuflow versions”列出的版本号，或 draft。`,
    ),
  );
}

const SIGNS = { same: ' ', added: '+', removed: '-' } as const;

/** In the form that diff and git have made known. */
function hunkLines({ oldStart, newStart, lines }: TextHunk): string[] {
  const count = (without: 'added' | 'removed') => lines.filter(({ kind }) => kind !== without).length;
  return [
    `@@ -${oldStart},${count('added')} +${newStart},${count('removed')} @@`,
    ...lines.map(({ kind, text }) => `${SIGNS[kind]}${text}`),
  ];
}
