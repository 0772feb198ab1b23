import { Parser } from 'xml2js';
import type { Item } from '../../../../contract/index.ts';
import { NodeError } from '../../../node-kit/index.ts';

export interface ReadRules {
  field: string;
  /** Whether the outermost element is there as a field. */
  explicitRoot: boolean;
  /** Whether an element that is there once is a list all the same. */
  explicitArray: boolean;
  /** Attributes as fields among the elements. */
  mergeAttributes: boolean;
  ignoreAttributes: boolean;
  trim: boolean;
  /** White space within texts becomes one space. */
  normalize: boolean;
  lowerCaseNames: boolean;
  attributeKey: string;
  textKey: string;
}

/** The document as an object. Throws NodeError PARAMETER_INVALID with line and column where it is not well-formed. */
export async function readXml(text: string, rules: ReadRules): Promise<Item['json']> {
  const parser = new Parser({
    explicitRoot: rules.explicitRoot,
    explicitArray: rules.explicitArray,
    mergeAttrs: rules.mergeAttributes,
    ignoreAttrs: rules.ignoreAttributes,
    trim: rules.trim,
    normalize: rules.normalize,
    normalizeTags: rules.lowerCaseNames,
    attrkey: rules.attributeKey,
    charkey: rules.textKey,
  });
  let value: unknown;
  try {
    value = await parser.parseStringPromise(text);
  } catch (error) {
    const reason = `it is not well-formed XML: ${(error as Error).message.replaceAll('\n', ', ')}`;
    throw new NodeError('PARAMETER_INVALID', { field: rules.field, reason });
  }
  // The parser's objects have no prototype.
  const plain: unknown = JSON.parse(JSON.stringify(value ?? {}));
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain)
    ? (plain as Item['json'])
    : { [rules.textKey]: plain };
}
