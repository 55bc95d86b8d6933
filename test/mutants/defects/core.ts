import type { Defect } from '../defect.ts';

export const coreDefects: readonly Defect[] = [
  {
    name: 'canonical JSON keeps the order in which keys were added',
    file: 'packages/core/src/canonical-json.ts',
    find: '    .sort()\n',
    replace: '',
    suite: 'packages/core/src/canonical-json',
  },
  {
    name: 'canonical JSON writes NaN as null instead of refusing it',
    file: 'packages/core/src/canonical-json.ts',
    find: 'if (!Number.isFinite(value)) throw notJson(String(value));',
    replace: '',
    suite: 'packages/core/src/canonical-json',
  },
  {
    name: 'a JSON pointer reads inherited members',
    file: 'packages/core/src/json-pointer.ts',
    find: '!Object.hasOwn(value, token)',
    replace: '!(token in value)',
    suite: 'packages/core/src/json-pointer',
  },
  {
    name: 'a JSON pointer unescapes ~0 before ~1',
    file: 'packages/core/src/json-pointer.ts',
    find: "token.replaceAll('~1', '/').replaceAll('~0', '~')",
    replace: "token.replaceAll('~0', '~').replaceAll('~1', '/')",
    suite: 'packages/core/src/json-pointer',
  },
  {
    name: 'a permit covers requests that were not granted',
    file: 'packages/core/src/operations/write-permit.ts',
    find: '(grants.get(permit)?.has(canonicalJson(request)) ?? false)',
    replace: 'grants.has(permit)',
    suite: 'packages/core/src/operations/write-permit',
  },
  {
    name: 'a permit holds on every cluster',
    file: 'packages/core/src/operations/write-permit.ts',
    find: 'permit.cluster === cluster && ',
    replace: '',
    suite: 'packages/core/src/operations/write-permit',
  },
  {
    name: 'a copy of a permit is as good as the permit',
    file: 'packages/core/src/operations/write-permit.ts',
    find: 'grants.get(permit)?.has(canonicalJson(request)) ?? false',
    replace: 'grants.get(permit)?.has(canonicalJson(request)) ?? true',
    suite: 'packages/core/src/operations/write-permit',
  },
];
