/** What the desktop's preload puts on `window`; absent in a browser. */
export interface DesktopBridge {
  platform: string;
  /** Asks for a port to the engine; it arrives as a window message. */
  requestPort(): void;
}

declare global {
  interface Window {
    guixuflowDesktop?: DesktopBridge;
  }
}

/** The `data` of the window message that carries a port to the engine. */
export const PORT_MESSAGE = 'guixuflow:port';
