import type { Remediation } from '@jamie/core';
import type { FindCandidates } from './candidate.ts';
import { findNodesToCordon } from './cordon-node.ts';
import { findFailedPods } from './delete-failed-pods.ts';
import { findRaisedMemory } from './raise-memory.ts';
import { findRerunJobs } from './rerun-job.ts';
import { findRollBacks } from './roll-back.ts';

/** How each remediation finds what it is meant for. */
export const REMEDY_CATALOGUE: Readonly<Record<Remediation, FindCandidates>> = {
  'roll-back': findRollBacks,
  'raise-memory': findRaisedMemory,
  'delete-failed-pods': findFailedPods,
  'rerun-job': findRerunJobs,
  'cordon-node': findNodesToCordon,
};
