import type { Locale } from '../../contract/index.ts';

const EN = {
  file: 'File',
  newWindow: 'New Window',
  openInBrowser: 'Open in Browser',
  quit: 'Quit GuixuFlow',
  close: 'Close Window',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select All',
  view: 'View',
  reload: 'Reload',
  resetZoom: 'Actual Size',
  zoomIn: 'Zoom In',
  zoomOut: 'Zoom Out',
  fullScreen: 'Full Screen',
  developerTools: 'Developer Tools',
  window: 'Window',
  minimize: 'Minimize',
  help: 'Help',
  restartEngine: 'Restart Engine',
  about: 'About GuixuFlow',
  engineFailed: 'The engine cannot run',
  engineFailedHint: 'Workflows do not run and triggers do not fire until it is started again.',
  tryAgain: 'Try Again',
  keyFile: 'The system keychain cannot be used; the encryption key is kept in the data folder instead.',
};

const ZH_CN: typeof EN = {
  file: '文件',
  newWindow: '新建窗口',
  openInBrowser: '在浏览器中打开',
  quit: '退出 GuixuFlow',
  close: '关闭窗口',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  selectAll: '全选',
  view: '视图',
  reload: '重新加载',
  resetZoom: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  developerTools: '开发者工具',
  window: '窗口',
  minimize: '最小化',
  help: '帮助',
  restartEngine: '重启引擎',
  about: '关于 GuixuFlow',
  engineFailed: '引擎无法运行',
  engineFailedHint: '在引擎重新启动之前，工作流不会运行，触发器也不会触发。',
  tryAgain: '重试',
  keyFile: '无法使用系统钥匙串，加密密钥改为保存在数据文件夹中。',
};

export type DesktopTexts = typeof EN;

/** What menus and dialogs say, in the system's language. */
export function desktopTexts(locale: Locale): DesktopTexts {
  return locale === 'zh-CN' ? ZH_CN : EN;
}
