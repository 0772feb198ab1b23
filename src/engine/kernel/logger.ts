import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = Pick<PinoLogger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** Field names whose values never reach a log line. */
const SECRET_PATHS = ['authorization', 'cookie', 'password', 'token', 'apiKey', 'secret', 'data'].flatMap(
  (name) => [name, `*.${name}`, `*.headers.${name}`],
);

/** JSON lines on standard error, so that standard output stays free for results. */
export function createLogger(level: string): PinoLogger {
  return pino(
    { level, base: null, redact: { paths: SECRET_PATHS, censor: '[secret]' } },
    pino.destination(2),
  );
}

export const silentLogger: Logger = pino({ level: 'silent' });
