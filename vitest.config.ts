import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

const shared = {
  pool: 'forks' as const,
  // isolated-vm refuses to promise anything without it.
  execArgv: ['--no-node-snapshot'],
};

const project = (
  name: string,
  include: string[],
  options: { exclude?: string[]; testTimeout?: number; hookTimeout?: number; isolate?: boolean } = {},
) => ({
  plugins: [vue()],
  test: { ...shared, name, include, exclude: ['node_modules/**', 'out/**'], ...options },
});

export default defineConfig({
  test: {
    projects: [
      // A unit test closes what it opens, so files can share a process; loading everything anew takes three times as long.
      project('unit', ['src/**/*.test.ts', 'scripts/**/*.test.ts'], { isolate: false }),
      // Whole parts together, over real carriers and databases.
      project('integration', ['test/**/*.test.ts'], {
        exclude: ['test/browser/**', 'test/desktop/**', 'test/connectors/**'],
        testTimeout: 30_000,
      }),
      project('connectors', ['test/connectors/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('browser', ['test/browser/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('desktop', ['test/desktop/**/*.test.ts'], { testTimeout: 60_000 }),
    ],
  },
});
