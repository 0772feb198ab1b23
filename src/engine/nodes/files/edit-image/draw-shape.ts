import type { Canvas } from './canvas.ts';
import { checkColor } from './color.ts';
import { layMarkup } from './lay-over.ts';
import type { Step } from './step-fields.ts';

/** A rectangle between two corners, a circle by its centre and a point on it, or a line. */
export function drawShape(
  canvas: Canvas,
  { shape, x, y, endX, endY, cornerRadius, color: given }: Step,
): Promise<Canvas> {
  const color = checkColor(given);
  switch (shape) {
    case 'rectangle': {
      const place = `x="${Math.min(x, endX)}" y="${Math.min(y, endY)}" rx="${cornerRadius}"`;
      const size = `width="${Math.abs(endX - x)}" height="${Math.abs(endY - y)}"`;
      return layMarkup(canvas, `<rect ${place} ${size} fill="${color}"/>`);
    }
    case 'circle': {
      const radius = Math.hypot(endX - x, endY - y);
      return layMarkup(canvas, `<circle cx="${x}" cy="${y}" r="${radius}" fill="${color}"/>`);
    }
    case 'line':
      return layMarkup(canvas, `<path d="M${x} ${y}L${endX} ${endY}" stroke="${color}"/>`);
  }
}
