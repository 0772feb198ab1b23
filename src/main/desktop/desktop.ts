import { join } from 'node:path';
import {
  app,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  net,
  protocol,
  session,
  shell,
  BrowserWindow,
} from 'electron';
import { pickLocale } from '../../contract/index.ts';
import type { FromEngine } from '../engine-channel/index.ts';
import { APP_ORIGIN, serveApp } from './app-protocol.ts';
import { isAppAddress, openAppWindow } from './app-window.ts';
import { launchEngine } from './engine-process.ts';
import { EngineSupervisor, type EngineState } from './engine-supervisor.ts';
import { findNode, unpackedPath } from './installed-paths.ts';
import { findEncryptionKey } from './keychain.ts';
import { menuTemplate } from './menu.ts';
import { PortRelay } from './port-relay.ts';
import { systemTimers } from './timers.ts';
import { desktopTexts } from './texts.ts';

const OUT_DIR = join(import.meta.dirname, '..');

/** The desktop application: windows, the engine they talk to, and what connects them. */
export class Desktop {
  readonly #locale = pickLocale(app.getLocale());
  readonly #texts = desktopTexts(this.#locale);
  readonly #supervisor: EngineSupervisor;
  readonly #relay: PortRelay;
  #isQuitting = false;

  constructor() {
    this.#supervisor = new EngineSupervisor({
      launch: () =>
        launchEngine({
          nodePath: findNode({
            isPackaged: app.isPackaged,
            resourcesPath: process.resourcesPath,
            platform: process.platform,
            arch: process.arch,
          }),
          entryPath: unpackedPath(join(OUT_DIR, 'main', 'engine-host.js')),
          env: process.env,
          onLog: (text) => process.stderr.write(text),
        }),
      timers: systemTimers,
      locale: this.#locale,
      onState: (state) => this.#engineChanged(state),
      onMessage: (message) => this.#receive(message),
    });
    this.#relay = new PortRelay({
      openPort: (windowId) => openPort(windowId),
      send: (message, bytes) => this.#supervisor.send(message, bytes),
    });
  }

  /** Call once Electron is ready. */
  start(): void {
    protocol.handle('app', (request) =>
      serveApp(request, {
        root: join(OUT_DIR, 'renderer'),
        engineUrl: () => this.#startUrl(),
        fetch: (url, init) => net.fetch(url, init),
      }),
    );
    denyPermissions();
    ipcMain.on('guixuflow:request-port', (event) => {
      const frame = event.senderFrame;
      // Only our own page, and not a frame inside it, may talk to the engine.
      if (!frame || frame.parent !== null || !isAppAddress(frame.url)) return;
      const window = BrowserWindow.fromWebContents(event.sender);
      if (window) this.#relay.request(window.id);
    });
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate(this.#texts, process.platform, {
          openWindow: () => this.openWindow(),
          openInBrowser: () => this.#openInBrowser(),
          restartEngine: () => void this.#restartEngine(),
        }),
      ),
    );
    this.#supervisor.start();
    this.openWindow();
  }

  openWindow(): void {
    const window = openAppWindow({
      preloadPath: join(OUT_DIR, 'preload', 'index.cjs'),
      statePath: join(app.getPath('userData'), 'window-state.json'),
    });
    const { id } = window;
    window.on('closed', () => this.#relay.forget(id));
  }

  /** Brings a window to the front: for a second start of the program, or a click on its icon. */
  focus(): void {
    const window = BrowserWindow.getAllWindows()[0];
    if (!window) {
      if (!this.#isQuitting) this.openWindow();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  }

  /** Lets the engine finish. True the first time: the caller then holds the quit back until `done` is called. */
  quit(done: () => void): boolean {
    if (this.#isQuitting) return false;
    this.#isQuitting = true;
    void this.#supervisor.stop().then(done);
    return true;
  }

  #engineChanged(state: EngineState): void {
    if (state.name === 'running') this.#relay.engineReady();
    else this.#relay.engineGone();
    if (state.name === 'failed') void this.#reportFailure(state.reason);
  }

  #receive(message: FromEngine): void {
    if (message.type === 'key-request') void this.#giveKey(message);
    else if (message.type === 'frame' || message.type === 'close-port') this.#relay.receive(message);
  }

  /** The key goes over IPC: arguments and environments can be read by other programs of the user. */
  async #giveKey(request: { dataDir: string; create: boolean }): Promise<void> {
    const loadKeychain = async () => (await import('keytar/keytar.js')).default;
    const key = await findEncryptionKey(loadKeychain, request, (error) => {
      process.stderr.write(`${this.#texts.keyFile} (${String(error)})\n`);
    });
    this.#supervisor.send({ type: 'key', key });
  }

  async #reportFailure(reason: string): Promise<void> {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: this.#texts.engineFailed,
      detail: `${reason}\n\n${this.#texts.engineFailedHint}`,
      buttons: [this.#texts.tryAgain, this.#texts.quit],
      defaultId: 0,
      cancelId: 1,
    });
    if (this.#isQuitting) return;
    if (response === 0) this.#supervisor.start();
    else app.quit();
  }

  async #restartEngine(): Promise<void> {
    await this.#supervisor.stop();
    if (!this.#isQuitting) this.#supervisor.start();
  }

  #openInBrowser(): void {
    const startUrl = this.#startUrl();
    if (startUrl !== null) void shell.openExternal(startUrl);
  }

  #startUrl(): string | null {
    const { state } = this.#supervisor;
    return state.name === 'running' ? state.startUrl : null;
  }
}

function openPort(windowId: number) {
  const window = BrowserWindow.fromId(windowId);
  if (!window || window.isDestroyed()) return null;
  const { port1, port2 } = new MessageChannelMain();
  window.webContents.postMessage('guixuflow:port', null, [port2]);
  return port1;
}

/** The page needs nothing of the system but writing to the clipboard. */
function denyPermissions(): void {
  const isAllowed = (permission: string, origin: string) =>
    permission === 'clipboard-sanitized-write' && isAppAddress(origin);
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(isAllowed(permission, details.requestingUrl)),
  );
  session.defaultSession.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowed(permission, origin),
  );
}

/** Has to happen before Electron is ready. */
export function registerAppScheme(): void {
  const scheme = APP_ORIGIN.slice(0, APP_ORIGIN.indexOf(':'));
  protocol.registerSchemesAsPrivileged([
    {
      scheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}
