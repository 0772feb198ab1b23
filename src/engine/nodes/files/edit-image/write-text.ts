import { checkSize, loadSharp, toCanvas, type Canvas } from './canvas.ts';
import { checkColor } from './color.ts';
import { layOver } from './lay-over.ts';
import type { Step } from './step-fields.ts';

const MAX_CHARACTERS = 10_000;

/** The text in a font of the system; its upper left corner is at the place. */
export async function writeText(canvas: Canvas, step: Step): Promise<Canvas> {
  const text = wrap(step.text.slice(0, MAX_CHARACTERS), step.lineLength);
  if (text.trim() === '') return canvas;
  const lines = text.split('\n');
  // The image of a text is made whole, whatever of it will be seen.
  checkSize(Math.max(...lines.map(({ length }) => length)) * step.fontSize, lines.length * step.fontSize);
  const sharp = await loadSharp();
  const font = `${step.font.trim() || 'sans'} ${step.fontSize}`;
  const markup = `<span foreground="${checkColor(step.color)}">${escape(text)}</span>`;
  // At 72 dots per inch a point is a pixel.
  const image = sharp({ text: { text: markup, font, rgba: true, dpi: 72 } });
  return await layOver(canvas, await toCanvas(image), step);
}

/** Breaks lines between words; a word longer than a line, as all Chinese text is, wherever it has to. */
function wrap(text: string, length: number): string {
  if (length === 0) return text;
  const broken = (line: string): string[] => {
    const lines: string[] = [];
    let current = '';
    for (const word of line.split(' ')) {
      const pieces = word.match(new RegExp(`.{1,${length}}`, 'gu')) ?? [''];
      for (const [at, piece] of pieces.entries()) {
        const joined = current === '' || at > 0 ? piece : `${current} ${piece}`;
        if (at > 0 || [...joined].length > length) {
          lines.push(current);
          current = piece;
        } else current = joined;
      }
    }
    return [...lines, current];
  };
  return text.split('\n').flatMap(broken).join('\n');
}

function escape(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- markup cannot hold them
      .replace(/[\u0000-\u0008\u000b-\u001f]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  );
}
