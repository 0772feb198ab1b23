import { NodeError } from '../../../node-kit/index.ts';

/** Reading a spreadsheet takes several times its unpacked size in memory. */
const LIMIT_MB = 256;

/**
 * XLSX and ODS are ZIP archives: unpacks all that is in them and keeps nothing, since the sizes that an archive
 * states may be lies. Other files pass. Throws NodeError FILE_TOO_LARGE, FILE_INVALID.
 */
export async function checkInflatedSize(bytes: Buffer, field: string): Promise<void> {
  const tooLarge = new NodeError('FILE_TOO_LARGE', { field, limitMb: LIMIT_MB });
  if (bytes.length > LIMIT_MB * 1024 ** 2) throw tooLarge;
  if (bytes.toString('latin1', 0, 4) !== 'PK\u0003\u0004') return;
  const { fromBufferPromise } = await import('yauzl');
  let left = LIMIT_MB * 1024 ** 2;
  try {
    // Sizes are not believed, so they are not compared either.
    const zip = await fromBufferPromise(bytes, { validateEntrySizes: false });
    for await (const entry of zip.eachEntry()) {
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        left -= (chunk as Buffer).length;
        if (left < 0) throw tooLarge;
      }
    }
  } catch (error) {
    if (error instanceof NodeError) throw error;
    throw new NodeError('FILE_INVALID', { field, format: 'XLSX/ODS', reason: (error as Error).message });
  }
}
