/** Marks a node type that is being dragged from the palette. */
export const PALETTE_MIME = 'application/x-guixuflow-node-type';
