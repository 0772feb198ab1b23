import { contextBridge, ipcRenderer } from 'electron';

const PORT_CHANNEL = 'guixuflow:port';

// A MessagePort cannot cross the context bridge; posting it to the page is the one way to hand it over.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage(PORT_CHANNEL, window.location.origin, event.ports);
});

contextBridge.exposeInMainWorld('guixuflowDesktop', {
  platform: process.platform,
  /**
   * Asks for a fresh port to the engine; it arrives as a `message` event of this window whose data is
   * `guixuflow:port`. Without asking, one arrives whenever the engine has been started again.
   */
  requestPort(): void {
    ipcRenderer.send('guixuflow:request-port');
  },
});
