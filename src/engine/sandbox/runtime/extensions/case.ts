const SMALL_WORDS = new Set([
  'a',
  'an',
  'and',
  'as',
  'at',
  'but',
  'by',
  'en',
  'for',
  'if',
  'in',
  'nor',
  'of',
  'on',
  'or',
  'per',
  'the',
  'to',
  'v.',
  'vs.',
  'via',
  'with',
]);

/** A capital at the beginning of each sentence, small letters elsewhere. */
export function toSentenceCase(text: string): string {
  let isStart = true;
  return text.toLowerCase().replace(/\p{L}|[.!?]/gu, (character) => {
    if (/[.!?]/.test(character)) {
      isStart = true;
      return character;
    }
    const result = isStart ? character.toUpperCase() : character;
    isStart = false;
    return result;
  });
}

/** A capital for each word but small ones in the middle. */
export function toTitleCase(text: string): string {
  const words = text.split(/(\s+)/);
  return words
    .map((word, index) => {
      const isInner = index > 0 && index < words.length - 1;
      if (isInner && SMALL_WORDS.has(word.toLowerCase())) return word.toLowerCase();
      return word.replace(/\p{L}/u, (letter) => letter.toUpperCase());
    })
    .join('');
}

export function toSnakeCase(text: string): string {
  return text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/[^\p{L}\p{N}_]/gu, '');
}
