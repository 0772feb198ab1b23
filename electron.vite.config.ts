import { resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';

const source = (path: string) => resolve(import.meta.dirname, 'src', path);

/** Pure JavaScript that becomes part of the build. The others in `dependencies` are native or read files of their own. */
const BUNDLED = [
  '@jmespath-community/jmespath',
  ...['@orpc/client', '@orpc/contract', '@orpc/openapi', '@orpc/openapi-client', '@orpc/server', '@orpc/zod'],
  ...['acorn', 'croner', 'kysely', 'luxon', 'mime', 'undici', 'xml2js', 'zod'],
];

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      // Reading a few files starts faster and takes less memory than reading the hundreds these packages consist of.
      externalizeDeps: { exclude: BUNDLED },
      rollupOptions: {
        input: {
          desktop: source('main/desktop/index.ts'),
          'engine-host': source('main/engine-host/index.ts'),
          cli: source('main/cli/index.ts'),
          'task-host': source('engine/registry/task-host.ts'),
          'wasm-host': source('engine/sandbox/rust/wasm-host.ts'),
          'python-host': source('engine/sandbox/python/python-host.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
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
  renderer: {
    root: source('renderer'),
    plugins: [vue()],
    build: {
      outDir: resolve(import.meta.dirname, 'out/renderer'),
      minify: true,
      // Electron's Chromium is current, but browsers open the same build.
      target: 'es2022',
      // Loaded from the same machine: how a file is parsed counts, not how it travels.
      chunkSizeWarningLimit: 4_000,
      rollupOptions: { input: source('renderer/index.html') },
    },
  },
});
