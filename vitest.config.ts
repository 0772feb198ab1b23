import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/desktop/**', 'node_modules/**', 'out/**'],
    pool: 'forks',
    // isolated-vm refuses to promise anything without it.
    execArgv: ['--no-node-snapshot'],
  },
});
