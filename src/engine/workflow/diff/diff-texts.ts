import { structuredPatch } from 'diff';
import type { TextHunk } from '../../../contract/index.ts';

const CONTEXT_LINES = 3;
/** Texts that differ in more lines are shown as one taken out and one put in: finding the shortest way takes too long. */
const MOST_EDITS = 1_000;
const KINDS = { ' ': 'same', '+': 'added', '-': 'removed' } as const;

/** The lines in which two texts differ, each hunk with three lines around it. */
export function diffTexts(before: string, after: string): TextHunk[] {
  if (before === after) return [];
  const options = { context: CONTEXT_LINES, maxEditLength: MOST_EDITS };
  const patch = structuredPatch('', '', before, after, undefined, undefined, options);
  if (!patch) return [wholeTexts(before, after)];
  return patch.hunks.map(({ oldStart, newStart, lines }) => ({
    oldStart,
    newStart,
    lines: lines.flatMap((line) => {
      const kind = KINDS[line[0] as keyof typeof KINDS];
      // A last line without an end is told by a line of its own, which no YAML of ours needs.
      return kind ? [{ kind, text: line.slice(1) }] : [];
    }),
  }));
}

function wholeTexts(before: string, after: string): TextHunk {
  const lines = (text: string, kind: 'added' | 'removed') =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => ({ kind, text: line }));
  return { oldStart: 1, newStart: 1, lines: [...lines(before, 'removed'), ...lines(after, 'added')] };
}
