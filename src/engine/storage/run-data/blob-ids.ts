/** A file that a text refers to; bytes are 0 where the text does not tell. */
export interface FoundBlob {
  blobId: string;
  size: number;
}

/** Backslashes too: JSON may lie in a text within JSON. */
const BLOB_ID = /blobId\\*"\s*:\s*\\*"([0-9a-f]{64})/g;
const SIZE = /size\\*"\s*:\s*(\d{1,15})/;
/** Where the size of a reference is looked for, in characters after its id. */
const REFERENCE_LENGTH = 1000;

/** The files that a JSON text refers to, each once. Costs next to nothing where there are none. */
export function findBlobs(text: string): FoundBlob[] {
  if (!text.includes('blobId')) return [];
  const found = new Map<string, number>();
  for (const match of text.matchAll(BLOB_ID)) {
    const end = match.index + match[0].length;
    const size = SIZE.exec(text.slice(end, end + REFERENCE_LENGTH))?.[1];
    const blobId = match[1] ?? '';
    found.set(blobId, Math.max(found.get(blobId) ?? 0, Number(size ?? 0)));
  }
  return [...found].map(([blobId, size]) => ({ blobId, size }));
}
