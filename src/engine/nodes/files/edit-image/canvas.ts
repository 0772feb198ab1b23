import type { Sharp } from 'sharp';
import { NodeError } from '../../../node-kit/index.ts';

/** More than that fits into no sensible memory: 50 million pixels take 200 MB. */
const MAX_PIXELS = 50_000_000;
/** What the library reads on every system. */
const READABLE = ['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif', 'svg'];

/** An image between two steps: rows of RGBA pixels. */
export interface Canvas {
  data: Buffer;
  width: number;
  height: number;
}

export const loadSharp = async () => (await import('sharp')).default;

/** Decodes the first picture of a file, turned as its camera was held. Throws NodeError IMAGE_INVALID, IMAGE_TOO_LARGE. */
export async function openImage(bytes: Buffer, field: string): Promise<{ canvas: Canvas; format: string }> {
  const sharp = await loadSharp();
  const image = sharp(bytes, { limitInputPixels: false, pages: 1 });
  try {
    const { width, height, format } = await image.metadata();
    if (!READABLE.includes(format)) throw new Error(`images of the format ${format} are not read`);
    checkSize(width, height);
    return { canvas: await toCanvas(image.autoOrient()), format };
  } catch (cause) {
    if (cause instanceof NodeError) throw cause;
    throw new NodeError('IMAGE_INVALID', { field, reason: (cause as Error).message }, { cause });
  }
}

export async function blankCanvas(width: number, height: number, background: string): Promise<Canvas> {
  checkSize(width, height);
  const sharp = await loadSharp();
  return await toCanvas(sharp({ create: { width, height, channels: 4, background } }));
}

/** For the next operation of the library. */
export async function pipelineOf({ data, width, height }: Canvas): Promise<Sharp> {
  const sharp = await loadSharp();
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
}

export async function toCanvas(image: Sharp): Promise<Canvas> {
  const { data, info } = await image
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

/** Throws NodeError IMAGE_TOO_LARGE. */
export function checkSize(width: number, height: number): void {
  if (width * height > MAX_PIXELS)
    throw new NodeError('IMAGE_TOO_LARGE', { width, height, limit: MAX_PIXELS });
}
