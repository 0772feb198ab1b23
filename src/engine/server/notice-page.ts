import type { Locale } from '../../contract/index.ts';

export type Notice = 'sign-in' | 'not-built';

const TEXTS: Record<Notice, Record<Locale, { title: string; text: string }>> = {
  'sign-in': {
    en: {
      title: 'Open GuixuFlow with its start link',
      text: 'This browser is not signed in. Copy the address with “?token=…” that GuixuFlow printed when it started, and open it here.',
    },
    'zh-CN': {
      title: '请用启动链接打开 GuixuFlow',
      text: '此浏览器尚未登录。请复制 GuixuFlow 启动时显示的带有“?token=…”的地址，在这里打开。',
    },
  },
  'not-built': {
    en: {
      title: 'The editor is not built yet',
      text: 'The engine runs and serves webhooks and the API. Run “npm run build” to build the editor, then reload this page.',
    },
    'zh-CN': {
      title: '编辑器尚未构建',
      text: '引擎正在运行，Webhook 与 API 均可使用。请运行“npm run build”构建编辑器，然后刷新本页。',
    },
  },
};

/** A page for when the app itself cannot be shown. */
export function noticePage(notice: Notice, locale: Locale): string {
  return noticeHtml(TEXTS[notice][locale], locale);
}

/** A page that says one thing. */
export function noticeHtml({ title, text }: { title: string; text: string }, locale: Locale): string {
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>GuixuFlow</title>
<style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;display:grid;place-content:center;min-height:90vh;margin:0;padding:0 24px}main{max-width:32rem}h1{font-size:1.4rem}</style></head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p></main></body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
