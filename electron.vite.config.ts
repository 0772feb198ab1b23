import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';

const source = (path: string) => resolve(import.meta.dirname, 'src', path);

// Everything in `dependencies` stays in node_modules: the native modules among it cannot be bundled.
export default defineConfig({
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is run as one CommonJS script and can require nothing but `electron`.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: source('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
});
