import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Folders whose code decides and describes, and therefore may neither read a clock nor roll a die. */
const pure = ['monitoring/**/*.ts', 'decision/**/*.ts', 'api/**/*.ts'];

export default tseslint.config(
  { ignores: ['dist/', 'build/', 'imports/', 'coverage/', 'node_modules/', '.data/', '*.js', '*.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: pure,
    rules: {
      'no-restricted-globals': [
        'error',
        {
          name: 'process',
          message: 'Pure code takes settings as arguments; only a composition root reads the environment.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Time is an argument: take `now` from the caller.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time is an argument: take `now` from the caller.',
        },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'Chance is an argument: take a seeded generator from the caller.',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['image/**/*.mjs'],
    languageOptions: { globals: { console: 'readonly' } },
  },
);
