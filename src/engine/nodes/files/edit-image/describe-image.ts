import { NodeError } from '../../../node-kit/index.ts';
import { loadSharp } from './canvas.ts';

/** What the file says of the image in it. */
export async function describeImage(bytes: Buffer, field: string): Promise<Record<string, unknown>> {
  const sharp = await loadSharp();
  try {
    const about = await sharp(bytes, { limitInputPixels: false }).metadata();
    return {
      format: about.format,
      size: { width: about.width, height: about.height },
      fileSize: bytes.length,
      colorSpace: about.space,
      channels: about.channels,
      depth: about.depth,
      hasAlpha: about.hasAlpha,
      density: about.density ?? null,
      orientation: about.orientation ?? null,
      pages: about.pages ?? 1,
    };
  } catch (cause) {
    throw new NodeError('IMAGE_INVALID', { field, reason: (cause as Error).message }, { cause });
  }
}
