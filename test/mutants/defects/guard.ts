import type { Defect } from '../defect.ts';

const GUARD = 'packages/kubernetes/src/guard';
const TRANSPORT = 'packages/kubernetes/src/transport';
const WRITES = `${GUARD}/decide-writes.test`;

export const guardDefects: readonly Defect[] = [
  {
    name: 'a write may be spelt in another way than ours',
    file: `${GUARD}/admit-write.ts`,
    find: "if (!isOurSpelling(request, write, manner)) return refused('spelling_not_ours');",
    replace: '',
    suite: WRITES,
  },
  {
    name: 'a write is made as nobody',
    file: `${GUARD}/admit-write.ts`,
    find: 'if (request.as === undefined)',
    replace: 'if (Date.now() < 0)',
    suite: WRITES,
  },
  {
    name: 'a delete may be a dry run by its query, and deletes',
    file: `${GUARD}/decide-delete.ts`,
    find: 'if (Object.keys(request.query ?? {}).length > 0)',
    replace: 'if (Object.keys(request.query ?? {}).length > 9)',
    suite: WRITES,
  },
  {
    name: 'the dry run of a delete says so in the query alone',
    file: `${GUARD}/format-write.ts`,
    find: 'propagationPolicy: request.propagation,\n        ...dryRunField(manner),',
    replace: 'propagationPolicy: request.propagation,',
    suite: 'packages/kubernetes/src/cluster.contract',
  },
  {
    name: 'an eviction goes without the uid of its pod',
    file: `${GUARD}/format-write.ts`,
    find: 'deleteOptions: { preconditions: { uid: request.uid }, ...dryRunField(manner) },',
    replace: 'deleteOptions: { ...dryRunField(manner) },',
    suite: WRITES,
  },
  {
    name: 'a manifest may be that of another object',
    file: `${GUARD}/judge-manifest.ts`,
    find: "metadata['namespace'] === target.namespace;",
    replace: 'true;',
    suite: WRITES,
  },
  {
    name: 'a manifest may set finalizers',
    file: `${GUARD}/judge-manifest.ts`,
    find: "if (fields.length > 0 && !isOwned) return 'body_touches_forbidden_field';",
    replace: '',
    suite: WRITES,
  },
  {
    name: 'a patch may open a way into the node',
    file: `${GUARD}/decide-patch.ts`,
    find: "if (grantsNodeAccess(operations)) return refused('body_grants_node_access');",
    replace: '',
    suite: WRITES,
  },
  {
    name: 'a host path is no way into the node',
    file: `${GUARD}/node-access.ts`,
    find: "if (field === 'hostPath') return isJsonObject(value);",
    replace: '',
    suite: WRITES,
  },
  {
    name: 'a node may be tainted by a patch',
    file: `${GUARD}/patch-fields.ts`,
    find: "Node: new Set(['/spec/unschedulable']),",
    replace: "Node: new Set(['/spec/unschedulable', '/spec/taints']),",
    suite: WRITES,
  },
  {
    name: 'members that are there twice pass the guard',
    file: `${GUARD}/parse-body.ts`,
    find: 'JSON.stringify(value) !== body ||',
    replace: '',
    suite: `${GUARD}/decide-request.test`,
  },
  {
    name: 'a resource that nobody has classified may be read',
    file: `${GUARD}/classify-operation.ts`,
    find: "if (kind === undefined) return refuse('unknown');",
    replace: 'if (kind === undefined) return READ;',
    suite: `${GUARD}/classify-operation`,
  },
  {
    name: 'an eviction that a budget holds up is taken for a busy server',
    file: `${TRANSPORT}/api-error.ts`,
    find: 'response.status === 429 ? budgetRefusalOf(status) : undefined',
    replace: 'undefined as string | undefined',
    suite: `${TRANSPORT}/api-error`,
  },
  {
    name: 'what an apply conflicts with is not told',
    file: `${TRANSPORT}/api-error.ts`,
    find: '...(conflicts.length > 0 && { conflicts }),',
    replace: '',
    suite: `${TRANSPORT}/api-error`,
  },
];
