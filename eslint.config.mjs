import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** More than a name: two words, or a word about something. */
const TEXT =
  ':matches(Literal[value=/[A-Za-z] [A-Za-z]/], TemplateLiteral:has(TemplateElement[value.raw=/[A-Za-z]{2}/]))';
/** Where texts stand that people read. */
const UNTRANSLATED = [
  `CallExpression[callee.property.name=/^(show(Information|Warning|Error)Message|setStatusBarMessage)$/] > ${TEXT}`,
  `CallExpression[callee.property.name=/^show(QuickPick|InputBox|OpenDialog|SaveDialog)$/] Property[key.name=/^(title|prompt|placeHolder|openLabel|saveLabel)$/] > ${TEXT}`,
  'JSXText[value=/[A-Za-z]{2}/]:not([value=/^\\s*(Job|Pods|CronJob)\\s*$/])',
  'JSXAttribute[name.name=/^(title|aria-label|placeholder)$/] > Literal[value=/[A-Za-z]{2}/]',
  `JSXAttribute[name.name=/^(title|aria-label|placeholder)$/] > JSXExpressionContainer > ${TEXT}`,
].map((selector) => ({ selector, message: 'What people read goes through l10n.t, so that it can be translated.' }));

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', '**/generated/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: ['client/src/**/*.ts', 'client/webview/**/*.tsx'],
    rules: { 'no-restricted-syntax': ['error', ...UNTRANSLATED] },
  },
  {
    files: ['client/cluster/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: `Property[key.name=/^(message|suggestion|refusal|title|button)$/] > ${TEXT}`,
          message: 'What people read goes through l10n.t, so that it can be translated.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['it', 'test', 'describe', 'suite'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        performance: 'readonly',
        Buffer: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
);
