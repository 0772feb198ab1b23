/** What Markdown may hold beyond its first definition, named as Showdown names it. */
export const FEATURES = [
  'tables',
  'strikethrough',
  'tasklists',
  'ghCodeBlocks',
  'simplifiedAutoLink',
  'simpleLineBreaks',
  'emoji',
  'underline',
  'openLinksInNewWindow',
  'noHeaderId',
  'ghCompatibleHeaderId',
  'parseImgDimensions',
  'literalMidWordUnderscores',
  'requireSpaceBeforeHeadingText',
  'backslashEscapesHTMLTags',
  'ghMentions',
  'smartIndentationFix',
  'splitAdjacentBlockquotes',
  'smoothLivePreview',
  'encodeEmails',
  'excludeTrailingPunctuationFromURLs',
] as const;

export interface MarkdownRules {
  features: ReadonlyArray<(typeof FEATURES)[number]>;
  /** The level that # stands for. */
  firstHeading: number;
  /** With doctype, html, head and body. */
  completeDocument: boolean;
}

/** Markdown as HTML. HTML within the Markdown stays as it is: the result is as trustworthy as the source. */
export async function markdownToHtml(markdown: string, rules: MarkdownRules): Promise<string> {
  const { default: showdown } = await import('showdown');
  const converter = new showdown.Converter({
    ...Object.fromEntries(FEATURES.map((feature) => [feature, rules.features.includes(feature)])),
    headerLevelStart: rules.firstHeading,
    completeHTMLDocument: rules.completeDocument,
  });
  return converter.makeHtml(markdown);
}
