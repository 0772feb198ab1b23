import { z } from 'zod';
import { WORKFLOW_SCHEMA_VERSION } from '../../contract/index.ts';
import { EngineError } from '../kernel/index.ts';

type Raw = Record<string, unknown>;

/** Step n turns a document of schema version n into one of n + 1. Steps that were released are never changed. */
const STEPS: ReadonlyArray<(document: Raw) => Raw> = [
  // 0: documents from before versions were written down; they have the shape of version 1.
  (document) => document,
];

/**
 * A stored or imported document in the present shape, not yet checked. Throws WORKFLOW_TOO_NEW for one that a newer
 * program wrote: reading it would drop what this one does not know.
 */
export function upgradeDocument(document: Raw): Raw {
  const version = z.number().int().nonnegative().catch(0).parse(document['schemaVersion']);
  if (version > WORKFLOW_SCHEMA_VERSION) {
    throw new EngineError('WORKFLOW_TOO_NEW', { version, supported: WORKFLOW_SCHEMA_VERSION });
  }
  const upgraded = STEPS.slice(version).reduce((step, upgrade) => upgrade(step), document);
  return { ...upgraded, schemaVersion: WORKFLOW_SCHEMA_VERSION };
}
