import type { Document } from 'yaml';
import { OPENAPI_LIMIT_MB } from '../../../../contract/index.ts';
import { messageOf } from '../../../kernel/index.ts';
import { openApiError } from './openapi-error.ts';

/** The value in the text of a document, and where its parts are written. */
export interface Source {
  value: unknown;
  /** The line, from 1, of what a JSON pointer names; of what is around it where it is not there. */
  lineOf(pointer: string): number;
}

/** Reads JSON or YAML. Throws OPENAPI_TOO_LARGE, and OPENAPI_SYNTAX with line and column, both from 1. */
export async function readSource(given: string): Promise<Source> {
  if (Buffer.byteLength(given) > OPENAPI_LIMIT_MB * 1024 ** 2)
    throw openApiError('OPENAPI_TOO_LARGE', { limitMb: OPENAPI_LIMIT_MB });
  const text = given.replace(/^\uFEFF/, '');
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  // JSON is YAML too: one reader tells the places in both.
  const parsePlaces = () =>
    yaml.parseDocument(text, { lineCounter: lines, uniqueKeys: false, merge: true, logLevel: 'silent' });
  let places: Document | undefined;
  const lineOf = (pointer: string) => {
    places ??= parsePlaces();
    const path = partsOf(pointer);
    for (let length = path.length; length > 0; length--) {
      const offset = offsetOf(places, path.slice(0, length));
      if (offset !== undefined) return lines.linePos(offset).line;
    }
    return 1;
  };

  try {
    // Far faster, and most documents are written by programs.
    if (/^\s*[[{]/.test(text)) return { value: JSON.parse(text) as unknown, lineOf };
  } catch {
    // YAML may begin with a bracket as well; its reader also tells where a mistake is.
  }
  places = parsePlaces();
  const [mistake] = places.errors;
  if (mistake) {
    const { line, col } = lines.linePos(mistake.pos[0]);
    throw openApiError('OPENAPI_SYNTAX', { reason: firstSentence(mistake.message), line, column: col });
  }
  try {
    return { value: places.toJS() as unknown, lineOf };
  } catch (error) {
    // An alias without its anchor, or one that grows beyond measure.
    throw openApiError('OPENAPI_SYNTAX', { reason: messageOf(error), line: 1, column: 1 });
  }

  function offsetOf(document: Document, path: string[]): number | undefined {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const last = path.at(-1);
    if (!yaml.isMap(parent)) {
      const found = document.getIn(path, true);
      return yaml.isNode(found) ? found.range?.[0] : undefined;
    }
    const pair = parent.items.find(({ key }) => String(yaml.isScalar(key) ? key.value : key) === last);
    return yaml.isNode(pair?.key) ? pair.key.range?.[0] : undefined;
  }
}

/** The names and positions in a JSON pointer such as `/paths/~1pets/get`. */
export function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function pointerTo(parent: string, name: string | number): string {
  return `${parent}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** What the reader says without the picture of the place that follows it. */
function firstSentence(message: string): string {
  return message.split('\n', 1)[0]!.replace(/ at line \d+, column \d+:?$/, '');
}
