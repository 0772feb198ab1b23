/** Options of curl that take a value, by their short and long names; the long one stands for both. */
const WITH_VALUE: Readonly<Record<string, string>> = {
  ...{ X: 'request', H: 'header', d: 'data', F: 'form', u: 'user', x: 'proxy', m: 'max-time' },
  ...{ A: 'user-agent', e: 'referer', b: 'cookie', T: 'upload-file', o: 'output', w: 'write-out' },
  ...{
    c: 'cookie-jar',
    E: 'cert',
    K: 'config',
    r: 'range',
    U: 'proxy-user',
    y: 'speed-time',
    Y: 'speed-limit',
  },
  ...{ z: 'time-cond', C: 'continue-at', D: 'dump-header', P: 'ftp-port', Q: 'quote', t: 'telnet-option' },
};
const LONG_WITH_VALUE: ReadonlySet<string> = new Set([
  ...Object.values(WITH_VALUE),
  ...['data-raw', 'data-ascii', 'data-binary', 'data-urlencode', 'json', 'form-string', 'url', 'url-query'],
  ...[
    'oauth2-bearer',
    'max-redirs',
    'connect-timeout',
    'retry',
    'retry-delay',
    'retry-max-time',
    'aws-sigv4',
  ],
  ...[
    'cacert',
    'capath',
    'key',
    'pass',
    'resolve',
    'interface',
    'ciphers',
    'tls-max',
    'limit-rate',
    'stderr',
  ],
  ...['noproxy', 'cert-type', 'key-type', 'connect-to', 'dns-servers', 'unix-socket', 'max-filesize'],
]);
const SHORT_FLAGS: Readonly<Record<string, string>> = { G: 'get', I: 'head', k: 'insecure', L: 'location' };

export interface CurlOptions {
  /** Long names with their values in the order of coming; a flag's value is empty. */
  given: Array<[name: string, value: string]>;
  urls: string[];
}

/** The words after `curl` taken apart, as curl itself does: short options may be joined, and hold their value. */
export function readOptions(words: readonly string[]): CurlOptions {
  const given: Array<[string, string]> = [];
  const urls: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith('--')) {
      const [name = '', inline] = splitOnce(word.slice(2));
      given.push([name, LONG_WITH_VALUE.has(name) ? (inline ?? rest.shift() ?? '') : '']);
    } else if (word.startsWith('-') && word.length > 1) {
      readShort(word.slice(1), rest, given);
    } else urls.push(word);
  }
  return { given, urls: [...given.filter(([name]) => name === 'url').map(([, value]) => value), ...urls] };
}

function readShort(letters: string, rest: string[], given: Array<[string, string]>): void {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] as string;
    const long = WITH_VALUE[letter];
    if (long) {
      given.push([long, letters.slice(at + 1) || (rest.shift() ?? '')]);
      return;
    }
    given.push([SHORT_FLAGS[letter] ?? letter, '']);
  }
}

function splitOnce(text: string): [string, string?] {
  const at = text.indexOf('=');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
