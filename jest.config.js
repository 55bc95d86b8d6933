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
  watchman: false,
  projects: [
    {
      ...base,
      displayName: 'unit',
      roots: ['<rootDir>/packages', '<rootDir>/apps', '<rootDir>/test/architecture'],
    },
    { ...base, displayName: 'integration', roots: ['<rootDir>/test/integration'] },
    { ...base, displayName: 'e2e', roots: ['<rootDir>/test/e2e'] },
  ],
};
