import type { CheerioAPI } from 'cheerio';
import { NodeError } from '../../../node-kit/index.ts';
import { cleanText, type TextRules } from './clean-text.ts';

type Elements = ReturnType<CheerioAPI>;

export interface Extraction {
  key: string;
  /** A CSS selector. */
  selector: string;
  take: 'text' | 'html' | 'attribute' | 'value';
  /** Empty for an object of all attributes. */
  attribute: string;
  /** Selectors of what does not belong to the text, with commas. */
  skip: string;
  /** A list with an entry for every element, instead of the first. */
  all: boolean;
}

export interface ExtractRules extends TextRules {
  /** Text as a reader would see it, with paragraphs and addresses of links, instead of the bare characters. */
  layout: boolean;
}

/** What the selectors find in a document; null where they find nothing. Throws PARAMETER_INVALID for a broken selector. */
export async function extractValues(
  document: string,
  extractions: readonly Extraction[],
  rules: ExtractRules,
): Promise<Record<string, unknown>> {
  const { load } = await import('cheerio');
  const { convert } = await import('html-to-text');
  const $ = load(document);

  const textOf = (elements: Elements, skip: string): string => {
    if (!rules.layout) return elements.text();
    const selectors = skip
      .split(',')
      .map((selector) => selector.trim())
      .filter((selector) => selector !== '')
      .map((selector) => ({ selector, format: 'skip' }));
    return convert($.html(elements), { selectors, wordwrap: false });
  };
  const valueOf = (elements: Elements, { take, attribute, skip }: Extraction): unknown => {
    if (elements.length === 0) return null;
    if (take === 'attribute') {
      return (attribute === '' ? { ...elements.attr() } : elements.attr(attribute)) ?? null;
    }
    const value =
      take === 'text' ? textOf(elements, skip) : take === 'html' ? elements.html() : elements.val();
    return typeof value === 'string' ? cleanText(value, rules) : (value ?? null);
  };

  return Object.fromEntries(
    extractions.map((extraction) => {
      const found = find($, extraction.selector);
      const value = extraction.all
        ? found.toArray().map((element) => valueOf($(element), extraction))
        : valueOf(found, extraction);
      return [extraction.key, value];
    }),
  );
}

function find($: CheerioAPI, selector: string): Elements {
  try {
    return $(selector);
  } catch (error) {
    const reason = `"${selector}" is not a CSS selector: ${(error as Error).message}`;
    throw new NodeError('PARAMETER_INVALID', { field: 'values', reason });
  }
}
