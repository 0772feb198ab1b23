import { pipelineOf, type Canvas } from './canvas.ts';

export const IMAGE_FORMATS = ['same', 'png', 'jpeg', 'webp', 'gif', 'tiff', 'avif'] as const;
type Format = Exclude<(typeof IMAGE_FORMATS)[number], 'same'>;

/** The image as a file. What cannot be written in the format it was read in becomes PNG. */
export async function encodeImage(
  canvas: Canvas,
  {
    format,
    original,
    quality,
  }: { format: (typeof IMAGE_FORMATS)[number]; original: string; quality: number },
): Promise<{ bytes: Buffer; mimeType: string; ending: string }> {
  const target = format === 'same' ? writable(original) : format;
  const image = await pipelineOf(canvas);
  return { bytes: await encoded(), mimeType: `image/${target}`, ending: target === 'jpeg' ? 'jpg' : target };

  function encoded(): Promise<Buffer> {
    switch (target) {
      case 'jpeg':
        // There is no transparency in it, and black is seldom what lay beneath.
        return image.flatten({ background: '#ffffff' }).jpeg({ quality }).toBuffer();
      case 'png':
      case 'gif':
        return image[target]().toBuffer();
      case 'webp':
      case 'tiff':
      case 'avif':
        return image[target]({ quality }).toBuffer();
    }
  }
}

function writable(original: string): Format {
  if (original === 'heif') return 'avif';
  return IMAGE_FORMATS.find((format): format is Format => format === original && format !== 'same') ?? 'png';
}
