import type { Sharp } from 'sharp';
import { NodeError } from '../../../node-kit/index.ts';
import { checkSize, type Canvas } from './canvas.ts';
import type { Step } from './step-fields.ts';

type Box = Pick<Step, 'fit' | 'width' | 'height'>;

/** A width or height of 0 follows from the other one. */
export function resizeTo(image: Sharp, canvas: Canvas, { fit, width, height }: Box): Sharp {
  if (width === 0 && height === 0) throw unfit('width and height are both 0');
  if (fit === 'percent' || fit === 'area') {
    const [across, down] =
      fit === 'percent'
        ? [(width || height) / 100, (height || width) / 100]
        : Array<number>(2).fill(Math.min(1, Math.sqrt((width * height) / (canvas.width * canvas.height))));
    if (!across || !down) throw unfit('an area needs both');
    const size = [canvas.width * across, canvas.height * down].map((length) =>
      Math.max(1, Math.round(length)),
    );
    checkSize(size[0]!, size[1]!);
    return image.resize(size[0], size[1], { fit: 'fill' });
  }
  const [across, down] = [Math.round(width), Math.round(height)];
  const ratio = canvas.width / canvas.height;
  const [outerWidth, outerHeight] = [across || down * ratio, down || across / ratio];
  // Around a box, one side can become far longer than the box is.
  if (fit === 'outside')
    checkSize(Math.max(outerWidth, outerHeight * ratio), Math.max(outerHeight, outerWidth / ratio));
  else checkSize(outerWidth, outerHeight);
  return image.resize(across || null, down || null, {
    fit: fit === 'shrink' || fit === 'enlarge' ? 'inside' : fit,
    withoutEnlargement: fit === 'shrink',
    withoutReduction: fit === 'enlarge',
    background: '#00000000',
  });
}

function unfit(reason: string): NodeError {
  return new NodeError('PARAMETER_INVALID', { field: 'width, height', reason });
}
