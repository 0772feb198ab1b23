import { createContext, Script, type Context } from 'node:vm';

const TIME_LIMIT_MS = 100;
const CACHE_SIZE = 500;

interface Pattern {
  expression: RegExp;
  /** Cannot take time that grows faster than the text does, or hardly. */
  simple: boolean;
}

const patterns = new Map<string, Pattern>();
let context: Context | undefined;
const testing = new Script('expression.test(text)');
const replacing = new Script('text.replace(expression, replacement)');

/**
 * Whether a user's regular expression (`pattern` or `/pattern/flags`) is found in the text. Throws SyntaxError for
 * what is none, and RangeError when the search takes too long: a pattern like `(a+)+$` needs years for some texts,
 * and the thread that waits for it serves everybody.
 */
export function testPattern(source: string, text: string): boolean {
  const { expression, simple } = patternOf(source);
  expression.lastIndex = 0;
  if (simple && text.length < 10_000) return expression.test(text);
  return limited(testing, { expression, text, source }) as boolean;
}

/** The text with what the pattern finds first replaced (`$1` and its kind work). Throws as {@link testPattern} does. */
export function replacePattern(
  text: string,
  source: string,
  options: { replacement: string; ignoreCase: boolean },
): string {
  const { expression, simple } = patternOf(options.ignoreCase ? `/${source}/i` : source);
  expression.lastIndex = 0;
  if (simple && text.length < 10_000) return text.replace(expression, options.replacement);
  return limited(replacing, { expression, text, source, replacement: options.replacement }) as string;
}

/** The vm is no wall here: a pattern has no authority. It is the only way to put a limit on a search. */
function limited(
  script: Script,
  values: { expression: RegExp; text: string; source: string; replacement?: string },
): unknown {
  const { text, source } = values;
  context ??= createContext(Object.create(null) as object);
  Object.assign(context, values);
  try {
    return script.runInContext(context, { timeout: TIME_LIMIT_MS });
  } catch (cause) {
    throw new RangeError(`the search for ${source} takes too long in a text of ${text.length} characters`, {
      cause,
    });
  } finally {
    context['text'] = '';
  }
}

function patternOf(source: string): Pattern {
  const known = patterns.get(source);
  if (known) return known;
  const [, body = source, flags = ''] = /^\/(.+)\/([dgimsuvy]*)$/s.exec(source) ?? [];
  const expression = new RegExp(body, flags.replace(/[gy]/g, ''));
  const unbounded = body.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  const pattern = { expression, simple: unbounded <= 1 && !/\)[*+?{]/.test(body) };
  if (patterns.size >= CACHE_SIZE) patterns.clear();
  patterns.set(source, pattern);
  return pattern;
}
