import type { BinaryReference } from '../../contract/index.ts';

/** Where the bytes of an item's binary field are downloaded. */
export function blobUrl({ blobId, mimeType, fileName }: BinaryReference): string {
  const query = new URLSearchParams({ type: mimeType });
  if (fileName) query.set('name', fileName);
  return `/blobs/${encodeURIComponent(blobId)}?${query}`;
}
