import type { NodeMapping } from '../mapping.ts';
import { manualTrigger } from './manual-trigger.ts';
import { noOp } from './no-op.ts';
import { stickyNote } from './sticky-note.ts';

const MAPPINGS: readonly NodeMapping[] = [manualTrigger, noOp, stickyNote];

const BY_TYPE = new Map(MAPPINGS.flatMap((mapping) => mapping.from.map((type) => [type, mapping] as const)));

/** The mapping of an n8n node type, its package left out where it is `n8n-nodes-base`. */
export function mappingFor(type: string): NodeMapping | undefined {
  return BY_TYPE.get(type);
}
