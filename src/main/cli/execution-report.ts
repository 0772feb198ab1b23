import { basename } from 'node:path';
import { executionErrorText } from '../../contract/index.ts';
import type { Output } from './output.ts';
import type { ExecutionOutcome } from './run-to-end.ts';

/** An outcome for people: the end, then one line per node. */
export function describeResult(
  file: string,
  { status, durationMs, error, runs }: ExecutionOutcome,
  output: Output,
): string {
  const words: Record<string, string> = {
    success: output.text('success', '成功'),
    failed: output.text('failed', '失败'),
    cancelled: output.text('cancelled', '已取消'),
  };
  const lines = [`${basename(file)}: ${words[status] ?? status} (${Math.round(durationMs)} ms)`];
  if (error) lines.push(`  ${error.code}: ${executionErrorText(error, output.locale)}`);
  const width = Math.max(0, ...Object.keys(runs).map((name) => name.length));
  for (const [name, all] of Object.entries(runs)) {
    const last = (all.at(-1) ?? []).map((items) => items.length).join(' / ');
    const times = all.length > 1 ? output.text(`, ${all.length} runs`, `，运行 ${all.length} 次`) : '';
    lines.push(
      `  ${name.padEnd(width)}  ${output.text(`${last || 0} items`, `${last || 0} 个数据项`)}${times}`,
    );
  }
  return lines.join('\n');
}
