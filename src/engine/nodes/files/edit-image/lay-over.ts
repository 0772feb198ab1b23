import type { Blend } from 'sharp';
import { loadSharp, pipelineOf, toCanvas, type Canvas } from './canvas.ts';

/** The canvas with another one on it; what would lie beyond the edges is cut off. */
export async function layOver(
  canvas: Canvas,
  over: Canvas,
  { x, y, blend = 'over' }: { x: number; y: number; blend?: Blend },
): Promise<Canvas> {
  const [left, top] = [Math.round(x), Math.round(y)];
  const part = {
    left: Math.max(0, -left),
    top: Math.max(0, -top),
    width: Math.min(over.width, canvas.width - left) - Math.max(0, -left),
    height: Math.min(over.height, canvas.height - top) - Math.max(0, -top),
  };
  if (part.width <= 0 || part.height <= 0) return canvas;
  const visible = await toCanvas((await pipelineOf(over)).extract(part));
  const raw = { width: visible.width, height: visible.height, channels: 4 as const };
  const at = { left: Math.max(0, left), top: Math.max(0, top) };
  return await toCanvas((await pipelineOf(canvas)).composite([{ input: visible.data, raw, blend, ...at }]));
}

/** Draws SVG of the canvas's size on it. The markup must hold nothing that a user wrote unchecked. */
export async function layMarkup(canvas: Canvas, markup: string): Promise<Canvas> {
  const { width, height } = canvas;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${markup}</svg>`;
  const sharp = await loadSharp();
  return await layOver(canvas, await toCanvas(sharp(Buffer.from(svg))), { x: 0, y: 0 });
}
