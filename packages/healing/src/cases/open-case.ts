import { caseIdOf, type Digest } from '@jamie/core';
import type { NewHealingCase } from '../healing-context.ts';
import type { Candidate } from '../remedies/candidate.ts';
import { STEADY_MS } from '../rules/not-before.ts';

/** Why a case that has just been found waits. */
export const FOUND_REASON = 'It is new; it has to stay for a minute before anything is tried.';

/** A case for a fault that is seen for the first time. Pure. */
export function openCase(candidate: Candidate, cluster: string, now: number, digest: Digest): NewHealingCase {
  const { subject, remediation, findingCode, summary } = candidate;
  return {
    id: caseIdOf({ cluster, subject, remediation }, digest),
    cluster,
    subject,
    remediation,
    findingCode,
    summary,
    status: 'waiting',
    reason: FOUND_REASON,
    firstSeenAt: now,
    lastSeenAt: now,
    attempts: [],
    relapses: [],
    reverts: [],
    notBefore: now + STEADY_MS,
    version: 1,
  };
}
