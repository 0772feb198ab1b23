import {
  describeImport,
  type ImportCode,
  type ImportedNode,
  type ImportFinding,
} from '../../../../contract/index.ts';

/** Collects what there is to say about one node, or about the workflow as a whole. */
export class Findings {
  readonly list: ImportFinding[] = [];

  add(kind: ImportFinding['kind'], code: ImportCode, facts: Record<string, unknown> = {}): void {
    const { parameter } = facts;
    this.list.push({
      kind,
      code,
      message: describeImport(code, facts),
      ...(typeof parameter === 'string' && { parameter }),
      ...(Object.keys(facts).length > 0 && { details: facts }),
    });
  }

  /** What is left to do is no loss: only the other findings make a node less than mapped. */
  get outcome(): ImportedNode['outcome'] {
    return this.list.some(({ kind }) => kind !== 'to-do') ? 'approximated' : 'mapped';
  }
}
