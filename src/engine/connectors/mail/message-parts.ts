import type { MessageStructureObject } from 'imapflow';

/** A part of a message that is no container of others. */
export interface MessagePart {
  /** Its number, by which the server gives it. */
  part: string;
  mimeType: string;
  fileName: string | undefined;
  contentId: string | undefined;
  isInline: boolean;
  /** Bytes once it is decoded, as far as the server's word tells: never less than it has. */
  size: number;
}

export interface MessageParts {
  text: MessagePart[];
  html: MessagePart[];
  files: MessagePart[];
}

/** Base64 has lines of 57 bytes, spelled with 76 signs and a line break; fewer signs per line only make the guess larger. */
const BASE64 = { bytes: 57, signs: 78 };

/** What a message consists of, in its order. A message inside the message is a file. */
export function partsOf(structure: MessageStructureObject): MessageParts {
  const parts: MessageParts = { text: [], html: [], files: [] };
  const walk = (node: MessageStructureObject) => {
    const isMessage = node.type.toLowerCase() === 'message/rfc822';
    if (node.childNodes && !isMessage) return node.childNodes.forEach(walk);
    const part = describe(node, isMessage);
    const isBody = part.fileName === undefined && node.disposition?.toLowerCase() !== 'attachment';
    if (isBody && part.mimeType === 'text/plain') parts.text.push(part);
    else if (isBody && part.mimeType === 'text/html') parts.html.push(part);
    else parts.files.push(part);
  };
  walk(structure);
  return parts;
}

function describe(node: MessageStructureObject, isMessage: boolean): MessagePart {
  const { size = 0, encoding = '', disposition, id } = node;
  const isBase64 = encoding.toLowerCase() === 'base64';
  const name = node.dispositionParameters?.['filename'] ?? node.parameters?.['name'];
  return {
    // A message of one part has no numbers.
    part: node.part ?? '1',
    mimeType: node.type.toLowerCase(),
    fileName: name || (isMessage ? `${node.envelope?.subject || 'message'}.eml` : undefined),
    contentId: id?.replace(/^<|>$/g, '') || undefined,
    isInline: disposition?.toLowerCase() === 'inline' || (!disposition && id !== undefined),
    size: isBase64 ? Math.ceil((size * BASE64.bytes) / BASE64.signs) : size,
  };
}
