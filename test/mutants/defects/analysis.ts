import type { Defect } from '../defect.ts';

const SUITE = 'packages/analysis/src';

export const analysisDefects: readonly Defect[] = [
  {
    name: 'a container that recovered long ago still counts as crashing',
    file: 'packages/analysis/src/analyzers/pod/crashing-container.ts',
    find: 'return container.restartCount >= LOOPING_RESTARTS && isRecent;',
    replace: 'return container.restartCount >= LOOPING_RESTARTS;',
    suite: `${SUITE}/analyzers/pod/crash`,
  },
  {
    name: 'an analyzer runs although a kind that it reads is unread',
    file: 'packages/analysis/src/diagnose.ts',
    find: 'analyzer.reads.every((kind) => index.isRead(kind))',
    replace: 'analyzer.reads.length > 0',
    suite: `${SUITE}/causes`,
  },
  {
    name: 'healthy is said although something could not be seen',
    file: 'packages/analysis/src/unchecked/find-unchecked.ts',
    find: "return unchecked.mayHideFault ? 'cannot_tell' : 'healthy';",
    replace: "return 'healthy';",
    suite: `${SUITE}/causes`,
  },
  {
    name: 'consequences are told as causes of their own',
    file: 'packages/analysis/src/causes/merge-faults.ts',
    find: 'if (distance <= 0) return false;',
    replace: 'if (distance !== 0) return false;',
    suite: `${SUITE}/causes`,
  },
  {
    name: 'a rollback is offered although the older revision is faulty too',
    file: 'packages/analysis/src/causes/decide-rollback.ts',
    find: 'if (fault.pods.some((pod) => pod.owner?.uid !== newest.uid)) {',
    replace: 'if (fault.pods.length === 0) {',
    suite: `${SUITE}/causes`,
  },
  {
    name: 'log lines are picked before secrets are redacted',
    file: 'packages/core/src/redact/redact-secrets.ts',
    find: 'return redactKeyBodies(redacted, REDACTED);',
    replace: 'return RULES.length > 0 ? text : redactKeyBodies(redacted, REDACTED);',
    suite: `${SUITE}/logs/logs`,
  },
  {
    name: 'the order of the objects decides which ReplicaSet is the newest',
    file: 'packages/analysis/src/snapshot/snapshot-index.ts',
    find: 'compareNumbers(right.revision, left.revision) || compareNumbers(right.createdAt, left.createdAt)',
    replace: '0',
    suite: `${SUITE}/causes`,
  },
];
