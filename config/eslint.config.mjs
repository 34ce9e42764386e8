import { createRequire } from 'node:module';
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const require = createRequire(import.meta.url);
const lwcFiles = ['force-app/**/lwc/**/*.ts'];
const nodeFiles = ['integration-service/**/*.ts', 'scripts/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '**/.local/',
      '**/.cache/',
      '**/coverage/',
      'force-app/**/*.js',
      'force-app/**/*.d.ts',
      '**/__fixtures__/',
    ],
  },
  {
    files: nodeFiles,
    extends: [js.configs.recommended, ...tseslint.configs.strict],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-console': 'off',
      eqeqeq: ['error', 'always'],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'erasable syntax only: use a union of strings' },
      ],
    },
  },
  {
    // A rule whose answer depends on the clock or on chance cannot be replayed.
    files: ['integration-service/src/domain/**/*.ts', 'integration-service/src/functions/**/*.ts'],
    ignores: ['**/domain/values/clock.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'chance comes from outside' },
        { object: 'Date', property: 'now', message: 'time comes from outside' },
        { object: 'Math', property: 'exp', message: 'not the same on every machine: replay would drift' },
      ],
    },
  },
  {
    // A score is a fact that is stored; replay reads it and never works it out again.
    files: ['integration-service/src/domain/{health,scoring}/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'chance comes from outside' },
        { object: 'Date', property: 'now', message: 'time comes from outside' },
      ],
    },
  },
  {
    files: [
      'integration-service/src/app/**/*.ts',
      'integration-service/src/infrastructure/**/*.ts',
      'integration-service/src/connectors/**/*.ts',
    ],
    ignores: ['**/command-line/**', '**/*.test.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', 'config/**/*.js'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { ...globals.node, ...globals.jest } },
  },
  {
    files: lwcFiles,
    extends: [require('@salesforce/eslint-config-lwc/recommended-ts'), tseslint.configs.recommended],
    languageOptions: { parser: tseslint.parser, parserOptions: { ecmaVersion: 'latest', sourceType: 'module' } },
  },
  {
    files: ['force-app/**/lwc/**/__tests__/**'],
    languageOptions: { globals: { ...globals.node, ...globals.jest } },
    rules: { '@lwc/lwc/no-unexpected-wire-adapter-usages': 'off' },
  },
);
