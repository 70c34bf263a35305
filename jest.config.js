// Three projects, because they need different machines: `unit` needs nothing but Node and the linters of
// Prometheus and Alertmanager, `stack` starts the real components, `cluster` a real Kubernetes API server.
const transform = { '^.+\\.ts$': '@swc/jest' };
const common = { testEnvironment: 'node', transform };

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: [
        '/node_modules/',
        '<rootDir>/test/contract/',
        '<rootDir>/test/stack/',
        '<rootDir>/test/cluster/',
      ],
    },
    {
      ...common,
      displayName: 'stack',
      testMatch: ['<rootDir>/test/{contract,stack}/**/*.test.ts'],
    },
    { ...common, displayName: 'cluster', testMatch: ['<rootDir>/test/cluster/**/*.test.ts'] },
  ],
};
