import { NodeError } from '../../../node-kit/index.ts';
import { checkSize, pipelineOf, toCanvas, type Canvas } from './canvas.ts';
import { checkColor } from './color.ts';
import { drawShape } from './draw-shape.ts';
import { layOver } from './lay-over.ts';
import { resizeTo } from './resize-to.ts';
import type { Step } from './step-fields.ts';
import { writeText } from './write-text.ts';

/** The canvas after one step. `fileOf` gives another image of the item. */
export async function applyStep(
  canvas: Canvas,
  step: Step,
  fileOf: (field: string) => Promise<Canvas>,
): Promise<Canvas> {
  const image = await pipelineOf(canvas);
  switch (step.action) {
    case 'resize':
      return await toCanvas(resizeTo(image, canvas, step));
    case 'crop':
      return await toCanvas(image.extract(areaOf(step, canvas)));
    case 'rotate': {
      const { width, height } = turned(canvas, step.angle);
      checkSize(width, height);
      return await toCanvas(image.rotate(step.angle, { background: checkColor(step.color) }));
    }
    case 'flip':
      return await toCanvas(step.direction === 'horizontal' ? image.flop() : image.flip());
    case 'text':
      return await writeText(canvas, step);
    case 'border': {
      const [across, down] = [Math.round(step.width), Math.round(step.height)];
      checkSize(canvas.width + 2 * across, canvas.height + 2 * down);
      const sides = { left: across, right: across, top: down, bottom: down };
      return await toCanvas(image.extend({ ...sides, background: checkColor(step.color) }));
    }
    case 'blur':
      return await toCanvas(image.blur(step.sigma));
    case 'composite':
      return await layOver(canvas, await fileOf(step.fileField), step);
    case 'draw':
      return await drawShape(canvas, step);
  }
}

/** The part of the wanted area that is in the image. */
function areaOf({ x, y, width, height }: Step, canvas: Canvas) {
  const [left, top] = [Math.max(0, Math.round(x)), Math.max(0, Math.round(y))];
  const area = {
    left,
    top,
    width: Math.min(canvas.width, Math.round(x + width)) - left,
    height: Math.min(canvas.height, Math.round(y + height)) - top,
  };
  if (area.width > 0 && area.height > 0) return area;
  const reason = `nothing of the area is in the image of ${canvas.width} × ${canvas.height} pixels`;
  throw new NodeError('PARAMETER_INVALID', { field: 'x, y, width, height', reason });
}

/** What an image takes up once it is turned. */
function turned({ width, height }: Canvas, angle: number): { width: number; height: number } {
  const radians = (angle * Math.PI) / 180;
  const [sine, cosine] = [Math.abs(Math.sin(radians)), Math.abs(Math.cos(radians))];
  return {
    width: Math.round(width * cosine + height * sine),
    height: Math.round(width * sine + height * cosine),
  };
}
