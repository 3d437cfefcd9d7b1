const swc = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
];

const base = {
  testEnvironment: 'node',
  // Jest would warn of every global that something touches after its test file, fake timers among them.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  transform: { '^.+\\.ts$': swc },
  moduleNameMapper: {
    // Tests read the sources: a change needs no build, and coverage shows the lines that were written.
    '^@genspan/([a-z-]+)$': '<rootDir>/packages/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['/dist/', '/.cache/'],
};

export default {
  // Jest leaves a core to its own process, which on two cores means one test at a time.
  maxWorkers: '100%',
  projects: [
    { ...base, displayName: 'packages', testMatch: ['<rootDir>/packages/*/test/**/*.test.ts'] },
    // Run against the built packages, in child processes.
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/integration-tests/**/*.test.ts'],
      transform: { '^.+\\.(ts|mjs)$': swc },
    },
    {
      ...base,
      displayName: 'scripts',
      testMatch: ['<rootDir>/scripts/test/**/*.test.ts'],
      transform: { '^.+\\.(ts|mjs)$': swc },
    },
  ],
};
