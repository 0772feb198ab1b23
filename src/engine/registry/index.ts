import type { NodeTypeDescription } from '../../contract/index.ts';
import catalogue from './catalogue.gen.json' with { type: 'json' };
import { MANIFEST } from './manifest.gen.ts';
import { createRegistryOf, type Registry } from './registry.ts';

export { findTaskScript } from './task-script.ts';
export type { Registry } from './registry.ts';

/** The registry of all built-in node types. */
export function createRegistry(): Registry {
  return createRegistryOf(MANIFEST, catalogue as unknown as NodeTypeDescription[]);
}
