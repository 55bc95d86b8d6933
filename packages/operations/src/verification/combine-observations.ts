import type { Observation, PodCounts, Seen } from './observation.ts';

/**
 * One observation of several subjects: blind where one of them could not be seen and none has failed, complete where
 * all are. Nothing looked at is nothing seen. Pure.
 */
export function combineObservations(observations: readonly Observation[]): Observation {
  const seen = observations.filter((observation) => observation.kind === 'seen');
  const failure = seen.find((observation) => observation.failure !== undefined)?.failure;
  const blind = observations.find((observation) => observation.kind === 'blind');
  if (failure === undefined && blind !== undefined) return blind;
  if (seen.length === 0) return { kind: 'blind', why: 'there is nothing to look at' };
  const incomplete = seen.filter(({ complete }) => !complete);
  const pods = sumOf(seen);
  const running = runningOf(incomplete);
  const changed = seen.find((observation) => observation.changed !== undefined)?.changed;
  return {
    kind: 'seen',
    complete: incomplete.length === 0,
    ...(pods !== undefined && { pods }),
    said: [...new Set(seen.flatMap(({ said }) => said))],
    ...(failure !== undefined && { failure }),
    ...(running !== undefined && { running }),
    ...(changed !== undefined && { changed }),
  };
}

/** Only where nothing else is missing: what does not run by itself to its end is late, not under way. */
function runningOf(incomplete: readonly Seen[]): string | undefined {
  const running = incomplete.map((observation) => observation.running).filter((text) => text !== undefined);
  return running.length > 0 && running.length === incomplete.length ? running.join('; ') : undefined;
}

function sumOf(seen: readonly Seen[]): PodCounts | undefined {
  const counts = seen.map(({ pods }) => pods).filter((pods) => pods !== undefined);
  if (counts.length === 0) return undefined;
  const sum = (of: (pods: PodCounts) => number) => counts.reduce((total, pods) => total + of(pods), 0);
  return {
    wanted: sum((pods) => pods.wanted),
    ready: sum((pods) => pods.ready),
    restarts: sum((pods) => pods.restarts),
    failing: {
      pods: sum((pods) => pods.failing.pods),
      reason: counts.find((pods) => pods.failing.pods > 0)?.failing.reason ?? '',
    },
  };
}
