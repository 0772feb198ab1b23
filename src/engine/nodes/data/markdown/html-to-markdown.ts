import { NodeError, replacePattern } from '../../../node-kit/index.ts';

export interface HtmlRules {
  /** Names of elements to leave out with all they hold. */
  ignore: ReadonlyArray<{ element: string }>;
  bullet: '*' | '-' | '+';
  keepDataImages: boolean;
  /** Links are numbered and listed at the end. */
  linkReferences: boolean;
  /** Regular expressions over the result. */
  replacements: ReadonlyArray<{ pattern: string; replacement: string }>;
}

/** HTML as Markdown. Throws NodeError PARAMETER_INVALID for a pattern that is none or takes too long. */
export async function htmlToMarkdown(html: string, rules: HtmlRules): Promise<string> {
  const { NodeHtmlMarkdown } = await import('node-html-markdown');
  const markdown = NodeHtmlMarkdown.translate(html, {
    ignore: rules.ignore.map(({ element }) => element.toUpperCase()),
    bulletMarker: rules.bullet,
    keepDataImages: rules.keepDataImages,
    useLinkReferenceDefinitions: rules.linkReferences,
  });
  return rules.replacements.reduce(replace, markdown);
}

function replace(text: string, rule: { pattern: string; replacement: string }): string {
  try {
    // Everywhere, as a pattern without flags is read.
    const source = rule.pattern.startsWith('/') ? rule.pattern : `/${rule.pattern}/g`;
    return replacePattern(text, source, { replacement: rule.replacement, ignoreCase: false });
  } catch (error) {
    throw new NodeError('PARAMETER_INVALID', { field: 'replacements', reason: (error as Error).message });
  }
}
