const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic' } },
          target: 'es2024',
        },
        module: { type: 'es6' },
      },
    ],
  },
};

export default {
  maxWorkers: 2,
  // A limit for what hangs, not for what is slow: tests await conditions, and a busy machine takes its time.
  testTimeout: 30_000,
  watchman: false,
  projects: [
    {
      ...base,
      displayName: 'unit',
      roots: [
        '<rootDir>/packages',
        '<rootDir>/apps',
        '<rootDir>/test/architecture',
        '<rootDir>/test/detections',
        '<rootDir>/test/replay',
        '<rootDir>/test/faults',
        '<rootDir>/test/mutants',
        '<rootDir>/test/utterances',
      ],
    },
    {
      ...base,
      displayName: 'integration',
      roots: ['<rootDir>/test/integration'],
      setupFilesAfterEnv: ['<rootDir>/test/support/retry-once.ts'],
    },
    {
      ...base,
      displayName: 'e2e',
      roots: ['<rootDir>/test/e2e'],
      setupFilesAfterEnv: ['<rootDir>/test/support/retry-once.ts'],
    },
  ],
};
