import type { Defect } from '../defect.ts';

const CATALOGUE = 'packages/operations/src/catalogue';
const PLANNING = 'packages/operations/src/planning';
const OWNERSHIP = 'packages/operations/src/ownership';
const POLICY = 'packages/policy/src';

/** Ways in which an operation could do something else than what its card says, twice, or where it must not. */
export const catalogueDefects: readonly Defect[] = [
  {
    name: 'a drain is refused while a disruption budget allows nothing',
    file: `${PLANNING}/try-steps.ts`,
    find: "draft.request.verb === 'evict' && isHeldByBudget(error)",
    replace: "draft.request.verb === 'apply' && isHeldByBudget(error)",
    suite: `${CATALOGUE}/catalogue`,
  },
  {
    name: 'two operations of a plan write the same field',
    file: `${PLANNING}/compile-operation.ts`,
    find: 'return left === right || ',
    replace: 'return left === right && ',
    suite: `${CATALOGUE}/catalogue`,
  },
  {
    name: 'a later operation is compiled on what the earlier one has not changed yet',
    file: `${PLANNING}/surroundings.ts`,
    find: 'leave: (ref, after) => void left.set(formatObjectRef(ref), after),',
    replace: 'leave: () => undefined,',
    suite: `${CATALOGUE}/catalogue`,
  },
  {
    name: 'what an apply takes away is not seen as a change',
    file: `${PLANNING}/object-fields.ts`,
    find: 'for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))',
    replace: 'for (const key of Object.keys(is))',
    suite: `${PLANNING}/object-fields`,
  },
  {
    name: 'taking an apply back makes maps of lists',
    file: `${PLANNING}/former-manifest.ts`,
    find: 'written.map((each) => wholeList(before, each))',
    replace: 'written',
    suite: `${PLANNING}/object-fields`,
  },
  {
    name: 'a drain evicts what is lost for good',
    file: `${CATALOGUE}/drain.ts`,
    find: '  return local === undefined\n',
    replace: '  return local !== undefined\n',
    suite: `${CATALOGUE}/catalogue`,
  },
  {
    name: 'a drain evicts the control plane',
    file: `${CATALOGUE}/drain.ts`,
    find: "if (checkPlace(ref, ownNamespace).kind === 'deny')",
    replace: "if (checkPlace(ref, ownNamespace).kind !== 'deny' && pod.kind === '')",
    suite: `${CATALOGUE}/catalogue`,
  },
  {
    name: 'the last node that takes pods is cordoned',
    file: `${CATALOGUE}/node-facts.ts`,
    find: 'if (left.length === 0) {',
    replace: 'if (others.length === 0) {',
    suite: `${CATALOGUE}/catalogue`,
  },
  {
    name: 'a Job that is run again keeps what was generated for the old one',
    file: `${CATALOGUE}/job-facts.ts`,
    find: 'const { selector: _generated, ...rest } = spec;',
    replace: 'const rest = spec;',
    suite: `${CATALOGUE}/catalogue`,
  },
  {
    name: 'the bounds of an autoscaler may cross',
    file: `${CATALOGUE}/autoscale.ts`,
    find: 'if (after.min > after.max) {',
    replace: 'if (after.min > 10_000) {',
    suite: `${CATALOGUE}/catalogue`,
  },
  {
    name: 'a label that software acts on may be set',
    file: `${CATALOGUE}/reserved-keys.ts`,
    find: 'prefix === each || ',
    replace: 'prefix === each && ',
    suite: `${CATALOGUE}/catalogue`,
  },
  {
    name: 'what Argo CD manages may be patched at a low risk',
    file: `${OWNERSHIP}/argo-cd.ts`,
    find: 'reverts: isRemoval(facts) || !isWriter || writesAny(MANAGERS, live, written),',
    replace: 'reverts: false,',
    suite: OWNERSHIP,
  },
  {
    name: 'an item of a list counts as its neighbour',
    file: `${OWNERSHIP}/managed-fields.ts`,
    find: "if (!key.startsWith('k:') || typeof item",
    replace: "if (key.startsWith('k:')) return true;\n  if (!key.startsWith('k:') || typeof item",
    suite: OWNERSHIP,
  },
  {
    name: 'a manifest may mount the files of the node',
    file: `${POLICY}/guardrails-pod.ts`,
    find: "volume['hostPath'] !== undefined",
    replace: "volume['hostpath'] !== undefined",
    suite: `${POLICY}/guardrails`,
  },
  {
    name: 'any field of a node may be written',
    file: `${POLICY}/guardrails.ts`,
    find: 'patch.every(({ path }) => NODE_FIELDS.test(path))',
    replace: 'patch.every(({ path }) => path !== NODE_FIELDS.source)',
    suite: `${POLICY}/guardrails`,
  },
];
