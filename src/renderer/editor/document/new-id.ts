/** A short random id for a node, unique within any workflow it may be pasted into. */
export function newNodeId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
