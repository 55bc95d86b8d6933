import { NO_AUTONOMY, type PolicyBook } from '../policy-book.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { decideByPolicy } from './decide-by-policy.ts';

/** The rules in force under a team's policy. */
export function toPolicyBook(policy: CompiledPolicy): PolicyBook {
  const { breakGlass, freeze, limits, autonomy } = policy.document;
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
    ...(freeze !== undefined && { freeze }),
    autonomousNamespaces: [...new Set(autonomy.flatMap(({ namespaces }) => namespaces))].sort(),
    autonomyOf(namespace) {
      const found = autonomy.find((each) =>
        namespace === undefined ? each.nodes : each.namespaces.includes(namespace),
      );
      if (found === undefined) return NO_AUTONOMY;
      const { level, remediations, attempts, memoryCeiling, rolloutWaitMinutes, reportTo } = found;
      return {
        level,
        remediations,
        attempts,
        memoryCeilingBytes: memoryCeiling,
        rolloutWaitMs: rolloutWaitMinutes * 60_000,
        reportTo,
      };
    },
    decide: (facts) => decideByPolicy(policy, facts).decision,
  };
}
