/**
 * The direction of the code, as a failing check:
 * core <- policy, analysis, alerting <- operations, tools, generation <- healing <- agents <- apps.
 * Adapters import core, runtime, database and their own vendor; only apps join them.
 */
const pureCore = '^packages/(core|policy|analysis|alerting)/';
const adapters = 'kubernetes|store|memory|jobs|integrations|llm|slack|charts|demo-cluster';
const notTest = '\\.(test|contract|fixture)\\.tsx?$';

function onlyIn(name, vendor, homes) {
  return {
    name,
    comment: `${vendor} is named only in ${homes}; put a port between it and the caller.`,
    severity: 'error',
    from: { path: '^(packages|apps)/', pathNot: [homes, notTest] },
    to: { path: `node_modules/${vendor}`, dependencyTypesNot: ['type-only'] },
  };
}

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-imports-zod-only',
      comment: 'core holds nouns and ports: no I/O, no node:*, no package but zod.',
      severity: 'error',
      from: { path: '^packages/core/src', pathNot: notTest },
      to: { pathNot: ['^packages/core/src', 'node_modules/zod/'] },
    },
    {
      name: 'pure-packages-do-no-io',
      severity: 'error',
      from: { path: pureCore, pathNot: notTest },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-packages-import-core-only',
      severity: 'error',
      from: { path: '^packages/(policy|analysis|alerting)/', pathNot: notTest },
      to: { path: '^packages/', pathNot: ['^packages/core/', '^packages/$1/'] },
    },
    {
      name: 'operations-import-core-and-policy',
      severity: 'error',
      from: { path: '^packages/operations/', pathNot: notTest },
      to: { path: '^packages/', pathNot: '^packages/(core|policy|operations)/' },
    },
    {
      name: 'healing-decides-and-knows-no-adapter',
      severity: 'error',
      from: { path: '^packages/healing/', pathNot: notTest },
      to: { path: '^packages/', pathNot: '^packages/(core|policy|analysis|operations|healing)/' },
    },
    {
      name: 'agents-import-no-adapter',
      severity: 'error',
      from: { path: '^packages/agents/', pathNot: notTest },
      to: { path: `^packages/(${adapters}|database|runtime|testing)/` },
    },
    {
      name: 'adapters-stand-alone',
      comment: 'An adapter knows core, runtime, database and its own vendor; only apps join adapters.',
      severity: 'error',
      from: { path: `^packages/(${adapters})/`, pathNot: notTest },
      to: { path: '^packages/', pathNot: ['^packages/(core|runtime|database)/', '^packages/$1/'] },
    },
    {
      name: 'only-persisting-adapters-open-the-database',
      severity: 'error',
      from: {
        path: '^(packages|apps)/',
        pathNot: ['^packages/(database|store|jobs|memory)/', '^apps/', notTest],
      },
      to: { path: '^packages/database/' },
    },
    {
      name: 'nothing-imports-apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'product-never-imports-test-doubles',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: ['^packages/testing/', notTest] },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'web-is-browser-only',
      severity: 'error',
      from: { path: '^apps/web/src' },
      to: { path: ['^packages/(?!core/)', '^apps/(?!web/)'] },
    },
    onlyIn('kubernetes-client-in-kubernetes', '@kubernetes/client-node', '^packages/kubernetes/'),
    onlyIn('bolt-in-bot', '@slack/bolt', '^apps/bot/'),
    onlyIn('slack-packages-in-slack', '@slack/(web-api|socket-mode|types)', '^packages/(slack|testing)/'),
    onlyIn('bullmq-in-jobs', '(bullmq|ioredis)/', '^packages/jobs/src/queue/bullmq/'),
    onlyIn('mongodb-in-database', 'mongodb/', '^packages/database/src/mongodb/'),
    onlyIn('ollama-in-llm', 'ollama/', '^packages/llm/'),
    onlyIn('langgraph-in-agents', '@langchain/', '^packages/(agents|store)/'),
    {
      name: 'sqlite-in-database',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: ['^packages/database/', notTest] },
      to: { path: '^(node:)?sqlite$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Only our own builds: most vendors keep their code in a folder of that name, and are what the rules are about.
    exclude: { path: '^(apps|packages)/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
