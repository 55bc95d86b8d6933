import type { HealingCase } from '@jamie/core';
import { decideAttempt } from '../decide-attempt.ts';
import type { ForeignChange } from '../healing-context.ts';
import type { Candidate } from '../remedies/candidate.ts';
import type { AttemptFacts, Verdict } from '../rules/verdict.ts';
import { type ClusterSweep, commitCase, type SeenCase } from './cluster-sweep.ts';
import { escalateCase } from './escalate-case.ts';
import { findReverts } from './find-reverts.ts';
import { stormOf } from './hold-storms.ts';
import { makeAttempt } from './make-attempt.ts';

/** Decides about one fault that is there now, and does what was decided. Fails like the store and the cluster. */
export async function tryCase(
  sweep: ClusterSweep,
  seen: SeenCase & { readonly candidate: Candidate },
): Promise<void> {
  const facts = factsOf(sweep, seen);
  const verdict = decideAttempt(facts);
  if (verdict.kind !== 'try') return follow(sweep, seen, verdict);
  // Asks the cluster, so only once nothing else is against an attempt.
  const reverts = await findReverts(sweep, seen);
  if (reverts.length === 0) {
    const { remedy } = seen.candidate;
    if (remedy.kind === 'propose') await makeAttempt(sweep, seen, remedy.operation);
    return;
  }
  const reverted = withReverts(seen.healingCase, reverts);
  return follow(
    sweep,
    { ...seen, healingCase: reverted },
    decideAttempt({ ...facts, healingCase: reverted, foreignChanges: reverts }),
  );
}

function factsOf(
  sweep: ClusterSweep,
  { healingCase, candidate, place }: SeenCase & { readonly candidate: Candidate },
): AttemptFacts {
  const { cases, freeze, plans, now } = sweep;
  return {
    healingCase,
    candidate,
    autonomy: place.autonomy,
    cases: [...cases.values()],
    isFrozen: freeze.frozen,
    // Anew for each case: what was just tried counts, too.
    storm: stormOf(sweep, healingCase),
    plans,
    now,
  };
}

/** What is found at once is one revert, however many fields it touched. */
function withReverts(healingCase: HealingCase, found: readonly ForeignChange[]): HealingCase {
  return { ...healingCase, reverts: [...healingCase.reverts, Math.max(...found.map(({ at }) => at))] };
}

async function follow(sweep: ClusterSweep, seen: SeenCase, verdict: Verdict): Promise<void> {
  if (verdict.kind === 'escalate') return escalateCase(sweep, seen, verdict.reason);
  const { healingCase } = seen;
  const known = sweep.cases.get(healingCase.id);
  if (verdict.kind === 'leave' || known === undefined) return;
  const isReverted = healingCase.reverts.length > known.reverts.length;
  const isNews = verdict.kind === 'wait' && verdict.reason !== healingCase.reason;
  if (!isReverted && !isNews) return;
  // A revert that was found late has been waited out already: it counts, and the next sweep tries again.
  await commitCase(sweep, {
    ...healingCase,
    ...(verdict.kind === 'wait' && {
      reason: verdict.reason,
      ...(isReverted && { notBefore: verdict.until }),
    }),
    version: healingCase.version + 1,
  });
}
