import { describeError, isErrorCode, type Locale } from '../../contract/index.ts';
import { isRecord } from './error-body.ts';

const UNREACHABLE: Record<Locale, string> = {
  en: 'GuixuFlow cannot be reached. Check that it is running; this page reconnects by itself.',
  'zh-CN': '无法连接 GuixuFlow。请确认它正在运行，恢复后页面会自动重新连接。',
};
const UNKNOWN: Record<Locale, string> = {
  en: 'Something unexpected happened: {reason}',
  'zh-CN': '发生了意外错误：{reason}',
};

/** The code of a failed call; undefined when the engine was not reached or the failure is not one of ours. */
export function apiErrorCode(error: unknown): string | undefined {
  return isRecord(error) && typeof error.code === 'string' ? error.code : undefined;
}

/** The facts of a failed call. */
export function apiErrorDetails(error: unknown): Record<string, unknown> {
  const data = isRecord(error) ? error.data : undefined;
  if (!isRecord(data)) return {};
  const details = isRecord(data.details) ? data.details : data;
  return data.requestId === undefined ? details : { requestId: data.requestId, ...details };
}

/** What went wrong, where and what to do next, in the user's language. */
export function describeApiError(error: unknown, locale: Locale): string {
  const code = apiErrorCode(error);
  if (isErrorCode(code)) return describeError(code, apiErrorDetails(error), locale);
  if (error instanceof TypeError || code === 'MALFORMED_ORPC_ERROR_RESPONSE') return UNREACHABLE[locale];
  const reason = error instanceof Error ? error.message : String(error);
  return UNKNOWN[locale].replace('{reason}', reason);
}
