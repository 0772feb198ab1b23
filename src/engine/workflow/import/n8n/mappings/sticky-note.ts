import type { NodeMapping } from '../mapping.ts';

const DEFAULT_TEXT = "## I'm a note \n**Double click** to edit me.";

export const stickyNote: NodeMapping = {
  from: ['stickyNote'],
  map({ parameters }) {
    return {
      type: 'sticky-note',
      parameters: {
        content: parameters.text('content', DEFAULT_TEXT),
        width: parameters.number('width', 240),
        height: parameters.number('height', 160),
        // Sticky notes have seven colours, counted from 1; later ones may name a colour.
        color: parameters.take('color', 1),
      },
    };
  },
};
