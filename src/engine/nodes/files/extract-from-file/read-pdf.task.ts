import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { NodeError } from '../../../node-kit/index.ts';

export interface PdfRules {
  bytes: Uint8Array;
  /** Named in errors. */
  field: string;
  password: string;
  /** 0 for all. */
  maxPages: number;
  /** One text, pages separated by an empty line; else a list of texts. */
  joinPages: boolean;
}

/**
 * Text and properties of a PDF: `{ numpages, numrender, info, metadata?, text, version }`, names as n8n has them.
 * Scanned pages have no text. Throws NodeError FILE_INVALID, FILE_PASSWORD.
 */
export async function readPdf({ bytes, field, password, maxPages, joinPages }: PdfRules): Promise<object> {
  const { getDocumentProxy, getResolvedPDFJS } = await import('unpdf');
  const { version } = await getResolvedPDFJS();
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), {
      ...(password !== '' && { password }),
      ...characterMaps(),
      verbosity: 0,
    });
    const { info, metadata } = await document.getMetadata();
    const count = maxPages > 0 ? Math.min(maxPages, document.numPages) : document.numPages;
    const pages: string[] = [];
    for (let number = 1; number <= count; number += 1) {
      const page = await document.getPage(number);
      pages.push(textOf((await page.getTextContent()).items));
      page.cleanup();
    }
    return {
      numpages: document.numPages,
      numrender: count,
      info,
      ...(metadata && { metadata: Object.fromEntries(metadata) }),
      text: joinPages ? pages.join('\n\n') : pages,
      version,
    };
  } catch (error) {
    if ((error as Error).name === 'PasswordException') throw new NodeError('FILE_PASSWORD', { field });
    throw new NodeError('FILE_INVALID', { field, format: 'PDF', reason: (error as Error).message });
  }
}

/** What fonts that a file names but does not bring, Chinese ones above all, mean by their codes. */
function characterMaps(): { cMapUrl: string; cMapPacked: boolean } {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return { cMapUrl: `${folder}/cmaps/`, cMapPacked: true };
}

/** A new line begins where the text is on another height of the page. */
function textOf(items: ReadonlyArray<{ str: string; transform: number[] } | object>): string {
  let text = '';
  let height: number | undefined;
  for (const item of items) {
    if (!('str' in item)) continue;
    const own = item.transform[5];
    text += height === undefined || height === own ? item.str : `\n${item.str}`;
    height = own;
  }
  return text;
}
