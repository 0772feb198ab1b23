/* eslint-disable no-control-regex -- control characters are what JSON does not allow in a string */
const SPACE = /[ \t\n\r]*/y;
const LITERAL =
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;

/**
 * The offset at which a text stops being JSON; its length when it merely ends too early, null when it is sound.
 * `JSON.parse` tells the offset of some errors only.
 */
export function jsonErrorPosition(text: string): number | null {
  let position = 0;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = position;
    const isThere = pattern.test(text);
    if (isThere) position = pattern.lastIndex;
    return isThere;
  };
  const take = (character: string) => {
    skip(SPACE);
    const isThere = text[position] === character;
    if (isThere) position += 1;
    return isThere;
  };
  const key = () => {
    skip(SPACE);
    return skip(STRING) && take(':');
  };

  // The closing bracket of every value that is open: a stack, because files may nest deeper than calls can.
  const open: Array<'}' | ']'> = [];
  for (;;) {
    // A value begins here.
    if (take('{')) {
      if (!take('}')) {
        if (!key()) return position;
        open.push('}');
        continue;
      }
    } else if (take('[')) {
      if (!take(']')) {
        open.push(']');
        continue;
      }
    } else if (!skip(LITERAL)) return position;
    // A value ended here: what follows belongs to those around it.
    for (;;) {
      const closing = open.at(-1);
      if (closing === undefined) {
        skip(SPACE);
        return position === text.length ? null : position;
      }
      if (take(',')) {
        if (closing === '}' && !key()) return position;
        break;
      }
      if (!take(closing)) return position;
      open.pop();
    }
  }
}
