import { capitalise } from '@jamie/analysis';
import {
  type AttemptOutcome,
  formatObjectRef,
  type HealingAttempt,
  type HealingCase,
  type HealingStatus,
  type Remediation,
} from '@jamie/core';

/** What each status means to people. */
export const STATUS_WORDS: Readonly<Record<HealingStatus, string>> = {
  waiting: 'waiting',
  acting: 'being healed',
  escalated: 'needs you',
  resolved: 'gone',
};

/** What each remediation does, as it is said of an object: "roll back Deployment payments/checkout". */
const REMEDIATION_WORDS: Readonly<Record<Remediation, string>> = {
  'roll-back': 'roll back',
  'raise-memory': 'raise the memory of',
  'delete-failed-pods': 'delete the failed pods of',
  'rerun-job': 'run again',
  'cordon-node': 'cordon',
};

const OUTCOME_WORDS: Readonly<Record<AttemptOutcome, string>> = {
  helped: 'helped',
  did_not_help: 'did not help',
  taken_back: 'was taken back',
  declined: 'was declined',
  unclear: 'nobody can tell',
};

/** "Deployment payments/checkout on prod-eu". */
export function describeSubject({ subject, cluster }: HealingCase): string {
  return `${formatObjectRef(subject)} on ${cluster}`;
}

/** "Roll back Deployment payments/checkout on prod-eu". */
export function describeRemedy(healingCase: HealingCase): string {
  return `${capitalise(REMEDIATION_WORDS[healingCase.remediation])} ${describeSubject(healingCase)}`;
}

/** How an attempt stands or ended. */
export function describeOutcome({ outcome, endedAt, level }: HealingAttempt): string {
  if (outcome !== undefined) return OUTCOME_WORDS[outcome];
  if (endedAt !== undefined) return 'ended';
  return level === 'suggest' ? 'waits for people' : 'under way';
}
