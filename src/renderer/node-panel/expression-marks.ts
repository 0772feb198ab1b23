import {
  Decoration,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from '@codemirror/view';

const decorator = new MatchDecorator({
  regexp: /\{\{[\s\S]*?\}\}/g,
  decoration: Decoration.mark({ class: 'cm-expression' }),
});

/** Colours what lies between `{{` and `}}` in text. */
export const expressionMarks = ViewPlugin.fromClass(
  class {
    marks: DecorationSet;

    constructor(view: EditorView) {
      this.marks = decorator.createDeco(view);
    }

    update(update: ViewUpdate) {
      this.marks = decorator.updateDeco(update, this.marks);
    }
  },
  { decorations: (plugin) => plugin.marks },
);
