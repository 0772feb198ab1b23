import { z } from 'zod';

/** Binary content never travels inside an item: it lives in the blob store and the item carries this reference. */
export const BinaryReference = z.object({
  blobId: z.string(),
  mimeType: z.string(),
  fileName: z.string().optional(),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  sha256: z.string(),
});
export type BinaryReference = z.infer<typeof BinaryReference>;

/**
 * Names the item of an input that an output item came from: `item` counts from 0 within input port `input`. `run` is
 * there when that input belongs to an earlier run of the node, as with what a loop hands out.
 */
export const PairedItem = z.object({
  item: z.number().int().nonnegative(),
  input: z.number().int().nonnegative().optional(),
  run: z.number().int().nonnegative().optional(),
});
export type PairedItem = z.infer<typeof PairedItem>;

/** One record passing along a connection. */
export const Item = z.object({
  json: z.record(z.string(), z.unknown()),
  binary: z.record(z.string(), BinaryReference).optional(),
  pairedItem: z.union([PairedItem, z.array(PairedItem)]).optional(),
});
export type Item = z.infer<typeof Item>;
