import type { NodeMapping, SourceNode } from '../mapping.ts';
import type { ParameterSource } from '../parameter-source.ts';

/** Showdown's options that are on or off; n8n calls them as Showdown does. */
const FEATURES = [
  ...['tables', 'strikethrough', 'tasklists', 'ghCodeBlocks', 'simplifiedAutoLink', 'simpleLineBreaks'],
  ...['emoji', 'underline', 'openLinksInNewWindow', 'noHeaderId', 'ghCompatibleHeaderId', 'encodeEmails'],
  ...['parseImgDimensions', 'literalMidWordUnderscores', 'requireSpaceBeforeHeadingText', 'ghMentions'],
  ...['backslashEscapesHTMLTags', 'smartIndentationFix', 'splitAdjacentBlockquotes'],
  ...['smoothLivePreview', 'excludeTrailingPunctuationFromURLs'],
];
/** On unless switched off, in n8n. */
const USUAL = ['encodeEmails', 'ghCodeBlocks'];

export const markdown: NodeMapping = {
  from: ['markdown'],
  map(source) {
    const { parameters } = source;
    const direction = source.choose<string>(
      'mode',
      { htmlToMarkdown: 'to-markdown', markdownToHtml: 'to-html' },
      'to-markdown',
    );
    const options = parameters.child('options');
    const field = parameters.text('destinationKey', 'data');
    const text = parameters.text(direction === 'to-html' ? 'markdown' : 'html');
    const settings = direction === 'to-html' ? htmlSettings(options) : markdownSettings(source, options);
    return { type: 'markdown', parameters: { direction, text, field, ...settings } };
  },
};

function htmlSettings(options: ParameterSource): Record<string, unknown> {
  return {
    features: FEATURES.filter((name) => options.flag(name, USUAL.includes(name)) === true),
    firstHeading: options.number('headerLevelStart', 1),
    completeDocument: options.flag('completeHTMLDocument'),
  };
}

function markdownSettings(source: SourceNode, options: ParameterSource): Record<string, unknown> {
  return {
    // Names in lower case have no effect in n8n, and results are to stay the same.
    ignore: options
      .names('ignore')
      .filter((name) => name === name.toUpperCase())
      .map((element) => ({ element })),
    bullet: source.choose<string>('bulletMarker', { '*': '*', '-': '-', '+': '+' }, '*', options),
    keepDataImages: options.flag('keepDataImages'),
    linkReferences: options.flag('useLinkReferenceDefinitions'),
    replacements: options
      .rows('textReplace', 'values')
      .map((row) => ({ pattern: row.text('pattern'), replacement: row.text('replacement') })),
  };
}
