import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { pickLocale, type Locale } from '../../contract/index.ts';
import { EngineError } from './errors.ts';

/** Everything that can be set from outside, read once at start and frozen. */
export interface Config {
  /** Absolute path of the folder that holds the database, blobs, keys and the lock. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  /** PostgreSQL URL; null means SQLite in the data folder. */
  readonly databaseUrl: string | null;
  readonly sqliteSynchronous: 'normal' | 'full';
  readonly apiKey: string | null;
  readonly encryptionKey: string | null;
  /** IANA name, used by workflows that have none of their own. */
  readonly timezone: string;
  readonly logLevel: LogLevel;
  /** Largest request body in bytes that is taken into memory. */
  readonly bodyLimit: number;
  /** Largest body of a webhook in bytes where it goes to disk: files and forms with files. */
  readonly uploadLimit: number;
  /** Executions that run at the same time, and how many may wait before webhooks are answered 429. */
  readonly executions: { readonly running: number; readonly queued: number };
  /** The variables that expressions may read as `$env`. */
  readonly expressionEnv: Readonly<Record<string, string>>;
  readonly nodeFiles: NodeFiles;
  /** The environment of commands that nodes run; null when they may run none. */
  readonly commandEnv: Readonly<Record<string, string>> | null;
  /** Where programs that the engine may start are looked for, and the home of whoever started it. */
  readonly programs: { readonly folders: readonly string[]; readonly home: string };
  /** Where webhooks are reached from outside, without a trailing slash; null means the address listened on. */
  readonly webhookUrl: string | null;
  /** Language of messages for whoever started the process. */
  readonly locale: Locale;
}

/** Which files nodes may use; all paths are absolute. */
export interface NodeFiles {
  /** Where they may read and write. Relative paths begin in the first. */
  readonly folders: readonly string[];
  /** The one that is there without any setting. */
  readonly own: string;
  /** Data folders: nothing in them is for nodes but `own`. */
  readonly closed: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;
type LogLevel = z.infer<typeof LOG_LEVEL>;

/** What a command line may set; it wins over the environment. Texts are checked like the environment's. */
export interface ConfigOverrides {
  dataDir?: string;
  /** The data folder of this run alone; files of nodes stay where they otherwise are. */
  temporaryDir?: string;
  host?: string;
  port?: string | number;
  databaseUrl?: string;
  logLevel?: string;
  encryptionKey?: string;
  locale?: Locale;
}

const LOG_LEVEL = z.enum(['silent', 'error', 'warn', 'info', 'debug']);
const UNIT_BYTES: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

const byteCount = z.string().transform((text, context) => {
  const [, count, unit] = /^(\d+)\s*([kmg]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  const bytes = Number(count) * (UNIT_BYTES[(unit ?? '').toLowerCase()] ?? NaN);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  context.addIssue({ code: 'custom', message: 'give a number of bytes such as 16777216 or 16MB' });
  return z.NEVER;
});

const count = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, 'give a whole number from 1')
  .transform(Number);

const timezone = z.string().refine(isTimezone, { message: 'give an IANA name such as Asia/Shanghai' });

const baseUrl = z
  .url({ protocol: /^https?$/, message: 'give an address such as https://flow.example.com' })
  .transform((text) => text.replace(/\/+$/, ''));

/** The settings of this environment, checked. Throws EngineError CONFIG_INVALID naming the variable at fault. */
export function readConfig(env: Environment, overrides: ConfigOverrides = {}): Config {
  const read = <T>(name: string, schema: z.ZodType<T, string>, override?: string | number): T | undefined => {
    const text = override === undefined ? env[name] : String(override);
    if (text === undefined || text === '') return undefined;
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    throw new EngineError('CONFIG_INVALID', {
      name,
      reason: result.error.issues.map((issue) => issue.message).join('; '),
    });
  };

  const port = z
    .string()
    .regex(/^\d{1,5}$/, 'give a number from 0 to 65535')
    .transform(Number)
    .refine((value) => value <= 65_535, 'give a number from 0 to 65535');
  const dataDir = absolutePath(
    read('GUIXU_DATA_DIR', z.string(), overrides.dataDir) ?? defaultDataDir(env),
    env,
  );
  const { temporaryDir } = overrides;
  const own = join(dataDir, 'files');
  const closed = temporaryDir === undefined ? [dataDir] : [dataDir, temporaryDir];
  const folders = (read('GUIXU_ALLOWED_FOLDERS', z.string()) ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => absolutePath(folder, env));
  const allowed = read('GUIXU_EXPRESSION_ENV', z.string()) ?? '';

  return Object.freeze({
    dataDir: temporaryDir ?? dataDir,
    host: read('GUIXU_HOST', z.string(), overrides.host) ?? '127.0.0.1',
    port: read('GUIXU_PORT', port, overrides.port) ?? 5680,
    databaseUrl:
      read(
        'GUIXU_DATABASE_URL',
        z.url({ protocol: /^postgres(ql)?$/, message: 'give a URL such as postgres://user@host/database' }),
        overrides.databaseUrl,
      ) ?? null,
    sqliteSynchronous: read('GUIXU_SQLITE_SYNCHRONOUS', z.enum(['normal', 'full'])) ?? 'normal',
    apiKey: read('GUIXU_API_KEY', z.string().min(16, 'use at least 16 characters')) ?? null,
    encryptionKey:
      read(
        'GUIXU_ENCRYPTION_KEY',
        z.string().min(16, 'use at least 16 characters'),
        overrides.encryptionKey,
      ) ?? null,
    timezone: read('GUIXU_TIMEZONE', timezone) ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    logLevel: read('GUIXU_LOG_LEVEL', LOG_LEVEL, overrides.logLevel) ?? 'warn',
    bodyLimit: read('GUIXU_BODY_LIMIT', byteCount) ?? 16 * 1024 ** 2,
    uploadLimit: read('GUIXU_UPLOAD_LIMIT', byteCount) ?? 1024 ** 3,
    executions: Object.freeze({
      running: read('GUIXU_CONCURRENCY', count) ?? 500,
      queued: read('GUIXU_QUEUE_LIMIT', count) ?? 1000,
    }),
    expressionEnv: Object.freeze(pickVariables(env, allowed)),
    nodeFiles: Object.freeze({ folders: folders.length > 0 ? folders : [own], own, closed }),
    commandEnv:
      read('GUIXU_ALLOW_COMMANDS', z.enum(['true', 'false'])) === 'true'
        ? Object.freeze(withoutOwn(env))
        : null,
    programs: Object.freeze(programPlaces(env)),
    webhookUrl: read('GUIXU_WEBHOOK_URL', baseUrl) ?? null,
    locale: overrides.locale ?? readLocale(env),
  });
}

/** The language of whoever started the process: POSIX variables first, the system's language where there are none. */
export function readLocale(env: Environment): Locale {
  return pickLocale(
    env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || Intl.DateTimeFormat().resolvedOptions().locale,
  );
}

function defaultDataDir(env: Environment): string {
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'GuixuFlow');
  if (process.platform === 'win32')
    return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'GuixuFlow');
  // The XDG rules say to ignore a relative path here.
  const xdg = env['XDG_DATA_HOME'];
  return join(xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'share'), 'guixuflow');
}

/** The PATH; and the folder that rustup writes into shell profiles, which a desktop does not read. */
function programPlaces(env: Environment): Config['programs'] {
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  const folders = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  return { folders: [...new Set([...folders, join(home, '.cargo', 'bin'), '/usr/bin'])], home };
}

function absolutePath(path: string, env: Environment): string {
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  return resolve(path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path);
}

/** Names in the list, separated by commas or spaces; a name that ends in `*` takes all that begin so. */
function pickVariables(env: Environment, list: string): Record<string, string> {
  const patterns = list.split(/[\s,]+/).filter(Boolean);
  const matches = (name: string) =>
    patterns.some((pattern) =>
      pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
    );
  const picked: Record<string, string> = {};
  for (const [name, value] of Object.entries(env))
    if (value !== undefined && matches(name)) picked[name] = value;
  return picked;
}

/** The engine's own settings hold its secrets. */
function withoutOwn(env: Environment): Record<string, string> {
  const others = Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('GUIXU_'));
  return Object.fromEntries(others.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function isTimezone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
