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
  options: { exclude?: string[]; testTimeout?: number } = {},
) => ({
  plugins: [vue()],
  test: { ...shared, name, include, exclude: ['node_modules/**', 'out/**'], ...options },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['src/**/*.test.ts', 'scripts/**/*.test.ts']),
      // Whole parts together, over real carriers and databases.
      project('integration', ['test/**/*.test.ts'], {
        exclude: ['test/browser/**', 'test/desktop/**'],
        testTimeout: 30_000,
      }),
      project('browser', ['test/browser/**/*.test.ts'], { testTimeout: 60_000 }),
      project('desktop', ['test/desktop/**/*.test.ts'], { testTimeout: 60_000 }),
    ],
  },
});
