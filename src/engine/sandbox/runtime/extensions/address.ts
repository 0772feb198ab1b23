/** One address and nothing else. */
export const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+$/i;
const EMAIL_WITHIN =
  /[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)+/i;
const DOMAIN = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}(?::\d{1,5})?$/i;
const URL_WITHIN = /\b(?:https?|ftp|file):\/\/[\w-]+(?:\.[\w-]+)*(?::\d{1,5})?(?:[/?#][^\s"'<>]*)?/i;
const URL_ALONE =
  /^[a-z][a-z\d+.-]*:\/\/(?:[^\s/?#@]*@)?([^\s/?#:]+)(?::\d{1,5})?(\/[^\s?#]*)?(\?[^\s#]*)?(#\S*)?$/i;
const HOST =
  /^(?:[a-z][a-z\d+.-]*:)?(?:\/\/)?(?:[^\s/?#@]*@)?([\w-]+(?:\.[\w-]+)+)(?::\d{1,5})?(?:[/?#]\S*)?$/i;

export const isDomain = (text: string) => DOMAIN.test(text);
export const isUrl = (text: string) => URL_ALONE.test(text);
export const extractEmail = (text: string) => EMAIL_WITHIN.exec(text)?.[0];
export const extractUrl = (text: string) => URL_WITHIN.exec(text)?.[0];

/** The host name in an address, a mail address or a text that holds one. */
export function extractDomain(text: string): string | undefined {
  const alone = HOST.exec(text.trim());
  if (alone) return alone[1];
  const url = extractUrl(text);
  if (url) return HOST.exec(url)?.[1];
  return extractEmail(text)?.split('@')[1];
}

export function extractUrlPath(text: string): string | undefined {
  const found = URL_ALONE.exec(text.trim());
  return found ? (found[2] ?? '/') : undefined;
}
