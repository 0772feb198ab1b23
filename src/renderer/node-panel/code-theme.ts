import { defaultHighlightStyle, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';

/** CodeMirror's own colours by what they stand for, so that both themes can have theirs. */
const COLORS: Record<string, string> = {
  '#404740': 'var(--color-text-muted)',
  '#708': 'var(--code-keyword)',
  '#219': 'var(--code-atom)',
  '#164': 'var(--code-number)',
  '#a11': 'var(--code-string)',
  '#e40': 'var(--code-special)',
  '#00f': 'var(--code-name)',
  '#30a': 'var(--code-name)',
  '#085': 'var(--code-number)',
  '#167': 'var(--code-number)',
  '#256': 'var(--code-special)',
  '#00c': 'var(--code-name)',
  '#940': 'var(--color-text-muted)',
  '#f00': 'var(--color-danger)',
};

const highlight = HighlightStyle.define(
  defaultHighlightStyle.specs.map((spec) => ({
    ...spec,
    color: COLORS[spec.color as string] ?? (spec.color as string),
  })),
);

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--color-text)', fontSize: '13px', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.55' },
  '.cm-content': { padding: '6px 0', caretColor: 'var(--color-text)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--color-text)' },
  '.cm-placeholder': { color: 'var(--color-text-muted)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--color-text-disabled)', border: 'none' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--color-text-muted)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--color-selected) !important',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--color-selected)', outline: 'none' },
  '.cm-expression': {
    color: 'var(--code-expression)',
    backgroundColor: 'var(--code-expression-soft)',
    borderRadius: '3px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--color-surface-raised)',
    border: '1px solid var(--color-border)',
    borderRadius: 'var(--radius-md)',
    boxShadow: 'var(--shadow-md)',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete ul li': { padding: '3px 8px', fontFamily: 'var(--font-mono)', fontSize: '12px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--color-selected)',
    color: 'var(--color-text)',
  },
  '.cm-completionDetail': { color: 'var(--color-text-muted)', fontStyle: 'normal' },
});

export const codeTheme = [look, syntaxHighlighting(highlight)];
