import type { Defect } from '../defect.ts';

const EXECUTION = 'packages/operations/src/execution';
const VERIFICATION = 'packages/operations/src/verification';

/** Defects that trials of faults must find, one family each: so no family is one that cannot fail. */
export const faultFamilyDefects: readonly Defect[] = [
  {
    name: 'F1: what was sent before a death is sent again without a look',
    file: `${EXECUTION}/compare-target.ts`,
    find: "  if (digest(canonicalJson(fields)) === step.target.digest) return { kind: 'as_previewed' };\n",
    replace: "  if (digest(canonicalJson(fields)) !== '') return { kind: 'as_previewed' };\n",
    project: 'faults',
    suite: 'F1 2 4',
  },
  {
    name: 'F3: the version that was read is lost on its way to the API server',
    file: 'packages/kubernetes/src/guard/guarded-transport.ts',
    find: '    return this.#options.transport.send(sealed);',
    replace:
      "    const body = sealed.body?.replace(/\\{[^{}]*metadata.resourceVersion[^{}]*\\},/, '');\n    return this.#options.transport.send({ ...sealed, ...(body !== undefined && { body }) });",
    project: 'faults',
    suite: 'F3 1 4',
  },
  {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is the text of a template
    name: 'F4: a worker that lost its lease writes over what the other one recorded',
    file: 'packages/store/src/sqlite/compare-and-set.ts',
    find: '`UPDATE OR IGNORE ${table} SET ${assignments} WHERE id = ? AND version = ?`,\n    ...[version, record, ...Object.values(columns), id, expectedVersion],',
    replace:
      '`UPDATE OR IGNORE ${table} SET ${assignments} WHERE id = ?`,\n    ...[version, record, ...Object.values(columns), id],',
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it was the text of a template
    project: 'faults',
    suite: 'F4 2 5 6 8 9',
  },
  {
    name: 'F5: a Redis that drops work is taken',
    file: 'packages/jobs/src/queue/bullmq/redis-facts.ts',
    find: "  if (evictionPolicy !== undefined && evictionPolicy !== 'noeviction') {",
    replace: "  if (evictionPolicy === 'allkeys-lfu') {",
    project: 'faults',
    suite: 'F5 3 7',
  },
  {
    name: 'F6: the outbox is never relayed again after an outage',
    file: 'packages/jobs/src/outbox-relay.ts',
    find: '      await relayAll(options).catch((error: unknown) => {\n',
    replace: '      await relayAll(options).catch((error: unknown) => {\n        stopping = true;\n',
    project: 'faults',
    suite: 'F6 2 3',
  },
  {
    name: 'F7: a request is sent although its intent could not be stored',
    file: `${EXECUTION}/run-step.ts`,
    find: "    isShown: false,\n  });\n  if (moved.kind === 'moved') return { kind: 'fenced'",
    replace:
      "    isShown: false,\n  }).catch(() => ({ kind: 'moved' as const, record }));\n  if (moved.kind === 'moved') return { kind: 'fenced'",
    project: 'faults',
    suite: 'F7 0 2',
  },
  {
    name: 'F8: a write that nobody answered counts as refused',
    file: `${EXECUTION}/send-step.ts`,
    find: "      return { kind: 'look_again', mayHaveArrived: true };",
    replace: '      return rejected(error);',
    project: 'faults',
    suite: 'F8 1 4',
  },
  {
    name: 'F9: an old picture of the cluster is shown as fresh',
    file: 'packages/kubernetes/src/cache/snapshot-source.ts',
    find: 'stalenessMs: Math.max(0, ...ages)',
    replace: 'stalenessMs: Math.min(0, ...ages)',
    project: 'faults',
    suite: 'F9 6 12',
  },
  {
    name: 'F10: an object that was made anew under its name is changed',
    file: `${EXECUTION}/compare-target.ts`,
    find: 'const isThere = live !== undefined && live.metadata.uid === step.target.uid;',
    replace: "const isThere = live !== undefined && live.metadata.uid !== '';",
    project: 'faults',
    suite: 'F10 1 2',
  },
  {
    name: 'F11: one approval counts for two',
    file: 'packages/policy/src/vote.ts',
    find: 'const approvals = countApprovals(votes, plan) + 1;',
    replace: 'const approvals = countApprovals(votes, plan) + 2;',
    project: 'faults',
    suite: 'F11 5 6',
  },
  {
    name: 'F12: an approval after the expiry counts',
    file: 'packages/policy/src/vote.ts',
    find: '  if (cast.now >= plan.expiresAt)\n',
    replace: '  if (cast.now < 0)\n',
    project: 'faults',
    suite: 'F12 6',
  },
  {
    name: 'F20: deadlines are judged by the clock of the machine as somebody has set it',
    file: 'packages/runtime/src/steady-clock.ts',
    find: 'told = Math.abs(off) > BELIEVED_MS ? even + off : even + Math.max(-most, Math.min(most, off));',
    replace: 'told = most < 0 ? even : even + off;',
    project: 'faults',
    suite: 'F20 0 16 25 26',
  },
  {
    name: 'F22: what nobody could see counts as well',
    file: `${VERIFICATION}/evaluate.ts`,
    find: "return { kind: 'inconclusive', progress, reason: 'I could not see the target until the time was up.' };",
    replace: "return { kind: 'passed', progress };",
    project: 'faults',
    suite: 'F22 1 2',
  },
  {
    name: 'F23: a way back counts as done while nothing of it is ready',
    file: `${VERIFICATION}/evaluate.ts`,
    find: 'const isAsGood = ready >= Math.min(baselineReady, wanted);\n  const isSettled = baselineReady < wanted || observation.complete;',
    replace: 'const isAsGood = ready >= 0;\n  const isSettled = baselineReady >= 0;',
    project: 'faults',
    suite: 'F23 4 5',
  },
  {
    name: 'F23: what somebody has changed is overwritten on the way back',
    file: `${EXECUTION}/compare-target.ts`,
    find: "  return { kind: 'moved', changes: changesOf(step.target.fields, fields) };",
    replace: "  return { kind: 'as_previewed' };",
    project: 'faults',
    suite: 'F23 2 4',
  },
  {
    name: 'F24: what somebody sets back is healed again and again',
    file: 'packages/healing/src/rules/fight.ts',
    find: 'const MOST_REVERTS = 2;',
    replace: 'const MOST_REVERTS = 20;',
    project: 'faults',
    suite: 'F24 9 12',
  },
  {
    name: 'F25: a record of newer code is taken as it is',
    file: 'packages/store/src/records/read-record.ts',
    find: '  if (!result.success) throw damaged(what, id, result.error);\n',
    replace: '',
    project: 'faults',
    suite: 'F25 1 2',
  },
];
