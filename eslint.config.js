import js from '@eslint/js';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

const imports = (...patterns) => ['error', { patterns }];

const electronOnlyInMain = {
  group: ['electron', 'electron/*', 'electron-updater'],
  message: 'Only src/main/desktop and src/preload know Electron; the engine and the editor run without it.',
};
const vueFlowOnlyInCanvas = {
  group: ['@vue-flow/*'],
  message: 'Only renderer/canvas imports Vue Flow: its words (edge, handle) end there.',
};
const openTinyOnlyInUi = {
  group: ['@opentiny/*'],
  message: 'Only renderer/ui imports OpenTiny; take the control from renderer/ui/index.ts.',
};

const noEnvironment = {
  object: 'process',
  property: 'env',
  message: 'The environment is read once, in engine/kernel/config.ts; take what you need from Config.',
};

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'coverage/**', 'test-results/**', '**/*.gen.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // The compiler checks names better, and knows the types of templates.
      'no-undef': 'off',
      // Takes the | of a TypeScript union for a filter.
      'vue/no-deprecated-filter': 'off',
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
      'vue/require-typed-ref': 'error',
    },
  },
  {
    languageOptions: { globals: { process: 'readonly' } },
    rules: {
      // TypeScript finds unknown names, in the right process; plain JavaScript is checked by running it.
      'no-undef': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-else-return': 'error',
      'no-implicit-coercion': ['error', { boolean: true, number: false, string: false }],
      'no-useless-return': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/contract/**', 'src/engine/**'],
    rules: {
      'no-restricted-imports': imports(electronOnlyInMain),
      'no-restricted-properties': ['error', noEnvironment],
    },
  },
  {
    files: ['src/renderer/**'],
    rules: {
      'no-restricted-imports': imports(electronOnlyInMain, vueFlowOnlyInCanvas, openTinyOnlyInUi),
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'The editor runs in a browser, where there is no process.' },
      ],
    },
  },
  {
    files: ['src/renderer/canvas/**'],
    rules: { 'no-restricted-imports': imports(electronOnlyInMain, openTinyOnlyInUi) },
  },
  {
    files: ['src/renderer/ui/**', 'src/renderer/theme/**'],
    rules: { 'no-restricted-imports': imports(electronOnlyInMain, vueFlowOnlyInCanvas) },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Export by name, so that a thing is called the same everywhere.',
        },
        {
          selector: 'ExportAllDeclaration',
          message: 'Name what the folder offers: an index.ts reads as its table of contents.',
        },
      ],
    },
  },
  {
    files: ['scripts/**', 'bench/**', 'bin/**', 'test/**', '*.config.*', '.*.cjs'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.test.ts', 'test/**'],
    rules: { 'no-restricted-properties': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
