import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopTexts } from './texts.ts';

export interface MenuActions {
  openWindow(): void;
  openInBrowser(): void;
  restartEngine(): void;
}

/** The application's menu. Roles carry the behaviour; the labels are ours, since Electron translates them on macOS only. */
export function menuTemplate(
  texts: DesktopTexts,
  platform: NodeJS.Platform,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: texts.file,
      submenu: [
        { label: texts.newWindow, accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.openWindow() },
        { label: texts.openInBrowser, click: () => actions.openInBrowser() },
        separator,
        isMac ? { role: 'close', label: texts.close } : { role: 'quit', label: texts.quit },
      ],
    },
    {
      label: texts.edit,
      submenu: [
        { role: 'undo', label: texts.undo },
        { role: 'redo', label: texts.redo },
        separator,
        { role: 'cut', label: texts.cut },
        { role: 'copy', label: texts.copy },
        { role: 'paste', label: texts.paste },
        { role: 'selectAll', label: texts.selectAll },
      ],
    },
    {
      label: texts.view,
      submenu: [
        { role: 'reload', label: texts.reload },
        { role: 'toggleDevTools', label: texts.developerTools },
        separator,
        { role: 'resetZoom', label: texts.resetZoom },
        { role: 'zoomIn', label: texts.zoomIn },
        { role: 'zoomOut', label: texts.zoomOut },
        separator,
        { role: 'togglefullscreen', label: texts.fullScreen },
      ],
    },
    {
      label: texts.window,
      submenu: [
        { role: 'minimize', label: texts.minimize },
        { role: 'close', label: texts.close },
      ],
    },
    {
      label: texts.help,
      submenu: [
        { label: texts.restartEngine, click: () => actions.restartEngine() },
        ...(isMac
          ? []
          : [separator, { role: 'about', label: texts.about } satisfies MenuItemConstructorOptions]),
      ],
    },
  ];
}
