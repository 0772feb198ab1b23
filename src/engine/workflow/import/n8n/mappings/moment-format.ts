/** Tokens of Moment's format language and Luxon's for the same. */
const TOKENS: Readonly<Record<string, string>> = {
  YYYY: 'yyyy',
  YY: 'yy',
  Q: 'q',
  MMMM: 'LLLL',
  MMM: 'LLL',
  MM: 'LL',
  M: 'L',
  DDDD: 'ooo',
  DDD: 'o',
  DD: 'dd',
  D: 'd',
  dddd: 'cccc',
  ddd: 'ccc',
  E: 'c',
  GGGG: 'kkkk',
  GG: 'kk',
  WW: 'WW',
  W: 'W',
  HH: 'HH',
  H: 'H',
  hh: 'hh',
  h: 'h',
  mm: 'mm',
  m: 'm',
  ss: 'ss',
  s: 's',
  SSS: 'SSS',
  A: 'a',
  a: 'a',
  ZZ: 'ZZZ',
  Z: 'ZZ',
  z: 'ZZZZ',
  X: 'X',
  x: 'x',
  L: 'LL/dd/yyyy',
  LL: 'LLLL d, yyyy',
  LLL: 'LLLL d, yyyy h:mm a',
  LLLL: 'cccc, LLLL d, yyyy h:mm a',
  LT: 'h:mm a',
  LTS: 'h:mm:ss a',
};

/** Longest first, so that YYYY is not read as YY twice; what is no token is one character of plain text. */
const PARTS =
  /\[([^\]]*)\]|LLLL|LLL|LL|LTS|LT|L|YYYY|YY|Q|MMMM|MMM|MM|M|DDDD|DDD|Do|DD|D|dddd|ddd|dd|d|E|GGGG|GG|WW|W|HH|H|hh|h|mm|m|ss|s|S+|A|a|ZZ|Z|z|X|x|[^]/g;

/** A format of Moment in Luxon's tokens; null when it has one that Luxon has no counterpart for, as the ordinal `Do`. */
export function momentFormat(format: string): string | null {
  let result = '';
  for (const [part, quoted] of format.matchAll(PARTS)) {
    const token = TOKENS[part];
    if (quoted !== undefined) result += plainText(quoted);
    else if (token !== undefined) result += token;
    else if (part.length > 1 || /[dS]/.test(part)) return null;
    else result += plainText(part);
  }
  return result.replaceAll("''", '');
}

function plainText(text: string): string {
  return /[A-Za-z]/.test(text) ? `'${text}'` : text;
}
