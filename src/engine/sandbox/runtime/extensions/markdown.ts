export function removeTags(text: string): string {
  return text.replace(/<[^>]*>/g, '');
}

/** The text without Markdown's marks and without HTML tags. */
export function removeMarkdown(text: string): string {
  return removeTags(text)
    .replace(/^([=-]{3,})\s*$/gm, '')
    .replace(/^[ \t]*(?:[*+-]|\d+\.)[ \t]+/gm, '')
    .replace(/^```.*$/gm, '')
    .replace(/~~(.*?)~~/g, '$1')
    .replace(/!\[([^\]]*)\][[(][^\])]*[\])]/g, '$1')
    .replace(/\[([^\]]*)\][[(][^\])]*[\])]/g, '$1')
    .replace(/^[ \t]{0,3}>[ \t]?/gm, '')
    .replace(/^[ \t]{0,3}#{1,6}[ \t]*(.*?)[ \t]*#*$/gm, '$1')
    .replace(/(\*\*\*|___|\*\*|__|\*|_)(\S(?:.*?\S)?)\1/g, '$2')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\n{2,}/g, '\n\n');
}
