import type { FastifyInstance } from 'fastify';
import { pickLocale, type Locale } from '../../contract/index.ts';
import { toResponseError } from './error-response.ts';
import { noticeHtml } from './notice-page.ts';
import { FORM_HEADERS } from './security-headers.ts';
import type { Services } from './services.ts';

const TEXTS: Record<Locale, { done: string; doneText: (name: string) => string; failed: string }> = {
  en: {
    done: 'Connected',
    doneText: (name) => `“${name}” is connected. This page can be closed; go back to GuixuFlow.`,
    failed: 'Not connected',
  },
  'zh-CN': {
    done: '连接成功',
    doneText: (name) => `“${name}”已连接。可以关闭此页面，返回归墟流。`,
    failed: '连接失败',
  },
};

/**
 * Where providers send people back to after a sign-in. It asks for no session of ours: the browser that comes may be
 * another one than the app's window. The state in the address, which is good once, tells whose sign-in it was.
 */
export function oauthRoutes(
  app: FastifyInstance,
  { services }: { services: Services },
  done: () => void,
): void {
  app.get('/oauth/callback', async (request, reply) => {
    const locale = pickLocale(request.headers['accept-language']);
    const texts = TEXTS[locale];
    void reply.type('text/html; charset=utf-8').headers(FORM_HEADERS).header('cache-control', 'no-store');
    try {
      const answer = new URL(request.url, 'http://localhost');
      const { name } = await services.credentials.finishSignIn(answer);
      return noticeHtml({ title: texts.done, text: texts.doneText(name) }, locale);
    } catch (error) {
      const failure = toResponseError(error, { locale, requestId: request.id, logger: services.logger });
      return reply
        .code(failure.status)
        .send(noticeHtml({ title: texts.failed, text: failure.message }, locale));
    }
  });
  done();
}
