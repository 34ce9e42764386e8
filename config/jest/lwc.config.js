/**
 * Jest for the Lightning web components (run from the project root, where sfdx-project.json is).
 * Labels come from the package's own label files, so a test reads the words a seller reads.
 */
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

module.exports = {
  ...jestConfig,
  displayName: 'lwc',
  roots: ['<rootDir>/force-app'],
  testMatch: ['**/lwc/**/__tests__/**/*.test.ts'],
  setupFiles: [...(jestConfig.setupFiles ?? []), '<rootDir>/config/jest/labels.setup.js'],
  setupFilesAfterEnv: [...(jestConfig.setupFilesAfterEnv ?? []), '<rootDir>/config/jest/accessibility.setup.js'],
  coverageProvider: 'v8',
  // An accessibility check of a whole panel takes a second on a quiet machine, and many on a busy one.
  testTimeout: 60_000,
};
