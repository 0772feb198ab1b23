/**
 * Electron's main process modules as far as the desktop uses them, with pages of a plain Chromium for windows. It runs
 * the compiled main process and preload without Electron's binary: a test of what the shell does, not of Electron's
 * sandbox, isolation or protocols.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser, type Page } from 'playwright-core';
import { FakePort, FakePortToken, hostPorts } from './fake-ports.ts';
import { pageSide } from './page-side.ts';

const APP_ORIGIN = 'app://guixuflow';

/** What a test sees and decides besides the windows themselves. */
export const control = {
  chromiumPath: '',
  userDataPath: '',
  locale: 'en-US',
  openedOutside: [] as string[],
  dialogs: [] as Array<{ message: string; detail: string }>,
  menu: [] as Array<{ label?: string }>,
  isPermissionAllowed: (_permission: string, _origin: string): boolean => true,
  page(): Promise<Page> {
    const window = BrowserWindow.getAllWindows()[0];
    if (!window) throw new Error('No window is open');
    return window.page;
  },
  whenQuit: Promise.resolve(),
};

class App extends EventEmitter {
  readonly isPackaged = false;
  #finish: () => void = () => {};

  requestSingleInstanceLock(): boolean {
    control.whenQuit = new Promise((resolve) => (this.#finish = resolve));
    return true;
  }
  enableSandbox(): void {}
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  getLocale(): string {
    return control.locale;
  }
  getPath(): string {
    return control.userDataPath;
  }
  quit(): void {
    let isPrevented = false;
    this.emit('before-quit', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) void this.#end();
  }
  async #end(): Promise<void> {
    for (const window of BrowserWindow.getAllWindows()) await window.end();
    await (await browser)?.close();
    server.close();
    server.closeAllConnections();
    this.#finish();
  }
}
export const app = new App();

type Handler = (request: Request) => Promise<Response>;
let serveApp: Handler = () => Promise.resolve(new Response(null, { status: 503 }));
export const protocol = {
  registerSchemesAsPrivileged(): void {},
  handle(_scheme: string, handler: Handler): void {
    serveApp = handler;
  },
};

// Chromium alone knows no app:// addresses: it asks over HTTP, and the real handler answers.
const server = createServer((request, response) => {
  const asked = new Request(`${APP_ORIGIN}${request.url}`, { method: request.method });
  void serveApp(asked).then((answer) => {
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    void answer.arrayBuffer().then((body) => response.end(Buffer.from(body)));
  });
});
const origin = new Promise<string>((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
});
let browser: Promise<Browser> | undefined;

class WebContents extends EventEmitter {
  readonly page: Promise<Page>;
  /** Keeps what is sent to the page in order. */
  #sending: Promise<unknown> = Promise.resolve();
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  constructor(page: Promise<Page>) {
    super();
    this.page = page;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
  postMessage(channel: string, message: unknown, ports: FakePortToken[] = []): void {
    for (const { port } of ports) port.attach((action, data) => this.toPage(action, port.id, data));
    this.toPage('message', channel, { message, ports: ports.map(({ port }) => port.id) });
  }
  toPage(action: string, target: unknown, data: unknown): void {
    this.#sending = this.#sending
      .then(() => this.page)
      .then((page) => page.evaluate((call) => window.fakeElectron.receive(call), { action, target, data }))
      // The page may be gone; Electron drops such messages too.
      .catch(() => {});
  }
}

let lastWindowId = 0;
const windows = new Map<number, BrowserWindow>();

export class BrowserWindow extends EventEmitter {
  readonly id = ++lastWindowId;
  readonly webContents: WebContents;
  readonly options: { width: number; height: number; webPreferences: { preload: string } };
  #isDestroyed = false;

  constructor(options: BrowserWindow['options']) {
    super();
    this.options = options;
    this.webContents = new WebContents(this.#open());
    windows.set(this.id, this);
  }
  static getAllWindows(): BrowserWindow[] {
    return [...windows.values()];
  }
  static fromId(id: number): BrowserWindow | null {
    return windows.get(id) ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }
  get page(): Promise<Page> {
    return this.webContents.page;
  }
  async loadURL(url: string): Promise<void> {
    const page = await this.page;
    await page.goto(url.replace(APP_ORIGIN, await origin));
    this.emit('ready-to-show');
  }
  /** As if the user had closed the window. */
  async end(): Promise<void> {
    if (this.#isDestroyed) return;
    this.emit('close');
    this.#isDestroyed = true;
    await (await this.page).close();
    windows.delete(this.id);
    this.emit('closed');
    if (windows.size === 0) app.emit('window-all-closed');
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  getNormalBounds() {
    return { x: 10, y: 20, width: this.options.width, height: this.options.height };
  }
  isMaximized(): boolean {
    return false;
  }
  isMinimized(): boolean {
    return false;
  }
  maximize(): void {}
  restore(): void {}
  show(): void {}
  focus(): void {}

  async #open(): Promise<Page> {
    browser ??= chromium.launch({ executablePath: control.chromiumPath, args: ['--no-sandbox'] });
    const { width, height, webPreferences } = this.options;
    const page = await (await browser).newPage({ viewport: { width, height } });
    await page.exposeBinding(
      'fakeElectronSend',
      ({ frame }, call: { action: string; target: string; data: unknown }) => {
        if (call.action !== 'ipc') hostPorts.get(Number(call.target))?.fromPage(call.action, call.data);
        else ipcMain.emit(call.target, this.#event(frame.url(), frame.parentFrame() !== null));
      },
    );
    const preload = readFileSync(webPreferences.preload, 'utf8');
    await page.addInitScript(`(${pageSide.toString()})((require, process) => {${preload}\n});`);
    return page;
  }
  #event(url: string, isInner: boolean) {
    const at = new URL(url);
    return {
      sender: this.webContents,
      senderFrame: { url: `${APP_ORIGIN}${at.pathname}${at.search}${at.hash}`, parent: isInner ? {} : null },
    };
  }
}

export const ipcMain = new EventEmitter();

export class MessageChannelMain {
  readonly port1 = new FakePort();
  readonly port2 = new FakePortToken(this.port1);
}

export const Menu = {
  buildFromTemplate: (template: Array<{ label?: string }>) => template,
  setApplicationMenu(menu: Array<{ label?: string }>): void {
    control.menu = menu;
  },
};
export const dialog = {
  showMessageBox(box: { message: string; detail: string }): Promise<{ response: number }> {
    control.dialogs.push(box);
    return new Promise(() => {});
  },
};
export const net = { fetch: (url: string, init: RequestInit) => fetch(url, init) };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const session = {
  defaultSession: {
    setPermissionRequestHandler(): void {},
    setPermissionCheckHandler(check: (contents: null, permission: string, origin: string) => boolean): void {
      control.isPermissionAllowed = (permission, from) => check(null, permission, from);
    },
  },
};
export const shell = {
  openExternal(url: string): Promise<void> {
    control.openedOutside.push(url);
    return Promise.resolve();
  },
};
