import { BrowserWindow, screen, shell, type WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';
import { MINIMUM_SIZE, placeWindow, readWindowState, writeWindowState } from './window-state.ts';

export interface AppWindowOptions {
  preloadPath: string;
  /** Where the window's place is remembered. */
  statePath: string;
}

/** Opens a window on the application's page, locked to it, at the place where the last one was. */
export function openAppWindow({ preloadPath, statePath }: AppWindowOptions): BrowserWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea);
  const place = placeWindow(readWindowState(statePath), workAreas);
  const window = new BrowserWindow({
    ...place.bounds,
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    show: false,
    title: 'GuixuFlow',
    webPreferences: {
      preload: preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (place.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    writeWindowState(statePath, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }),
  );
  lockToApp(window.webContents);
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}

/** Keeps a page from leaving the application; https links open in the user's browser. */
function lockToApp(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isAppAddress(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (URL.canParse(url) && new URL(url).protocol === 'https:') void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** Whether an address belongs to the application itself. */
export function isAppAddress(address: string): boolean {
  return address === APP_ORIGIN || address.startsWith(`${APP_ORIGIN}/`);
}
