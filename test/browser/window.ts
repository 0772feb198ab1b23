import { chromium, type Browser, type Page } from 'playwright-core';

export interface WindowOptions {
  width?: number;
  height?: number;
  locale?: 'en' | 'zh-CN';
  colorScheme?: 'light' | 'dark';
}

let browser: Promise<Browser> | undefined;

/** A window of its own, signed in by the start link. What the page reports as an error ends up in `errors`. */
export async function openWindow(
  startUrl: string,
  options: WindowOptions = {},
): Promise<{ page: Page; errors: string[] }> {
  const { width = 1440, height = 900, locale = 'en', colorScheme = 'light' } = options;
  browser ??= chromium.launch({
    executablePath: process.env['GUIXU_TEST_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  });
  const context = await (
    await browser
  ).newContext({
    viewport: { width, height },
    locale,
    colorScheme,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(startUrl);
  // Until the first page is there, where to go next is a race with where the app begins.
  await page.getByRole('heading').first().waitFor();
  return { page, errors };
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}
