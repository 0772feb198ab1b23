import { Builder } from 'xml2js';
import type { Item } from '../../../../contract/index.ts';
import { NodeError } from '../../../node-kit/index.ts';

export interface WriteRules {
  field: string;
  /** The outermost element, where the item has not exactly one field. */
  rootName: string;
  declaration: boolean;
  cdata: boolean;
  attributeKey: string;
  textKey: string;
}

/** An item's fields as an XML document. Throws NodeError PARAMETER_INVALID for names that no element can have. */
export function writeXml(json: Item['json'], rules: WriteRules): string {
  const isUnnamed = rules.rootName === '' || rules.rootName === 'root';
  const builder = new Builder({
    // A name of its own is used always, the usual one only where needed.
    ...(!isUnnamed && { rootName: rules.rootName }),
    headless: !rules.declaration,
    cdata: rules.cdata,
    attrkey: rules.attributeKey,
    charkey: rules.textKey,
  });
  const wrong = wrongName(json, [rules.attributeKey, rules.textKey]);
  if (wrong !== undefined) {
    const reason = `"${wrong}" cannot be the name of an element`;
    throw new NodeError('PARAMETER_INVALID', { field: rules.field, reason });
  }
  return builder.buildObject(json);
}

const NAME = /^[\p{L}_:][\p{L}\p{N}\p{M}_:.·-]*$/u;

function wrongName(value: unknown, special: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (const entry of value) {
      const wrong = wrongName(entry, special);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  }
  for (const [name, entry] of Object.entries(value)) {
    if (!special.includes(name) && !NAME.test(name)) return name;
    const wrong = wrongName(entry, special);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
