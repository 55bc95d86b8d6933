import type { PolicyBook } from '../policy-book.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { decideByPolicy } from './decide-by-policy.ts';

/** The rules in force under a team's policy. */
export function toPolicyBook(policy: CompiledPolicy): PolicyBook {
  const { breakGlass, limits, autonomy } = policy.document;
  return {
    version: policy.version,
    limits,
    ...(breakGlass !== undefined && {
      breakGlass: {
        teams: breakGlass.teams,
        owners: breakGlass.owners,
        expiresAfterMs: breakGlass.expiresAfterMinutes * 60_000,
        reviewWithinMs: breakGlass.reviewWithinHours * 3_600_000,
      },
    }),
    autonomyOf(namespace) {
      const found = autonomy.find((each) => each.namespaces.includes(namespace));
      if (found === undefined) return { level: 'off', remediations: [], attempts: 0 };
      const { level, remediations, attempts } = found;
      return { level, remediations, attempts };
    },
    decide: (facts) => decideByPolicy(policy, facts).decision,
  };
}
