import { seededRandom } from '@jamie/testing';
import { FlappingWorld, MINUTE_MS } from './flapping-world.fixture.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;
const QUIET_MINUTES = 3 * 24 * 60;
/** Nothing moves by itself any more, so that a sweep now and then is enough. */
const QUIET_STEP_MINUTES = 5;

/** What a run showed; all but the attempts must be empty. */
export interface FlappingResult {
  readonly attempts: number;
  readonly offences: readonly string[];
  /** Cases that are neither resolved nor with people, long after everything has become quiet. */
  readonly unended: readonly string[];
  readonly escalationsWithoutDossier: number;
}

/** Runs a world of flapping faults for some minutes, lets it become quiet, and measures it against every limit. */
export async function runFlapping(seed: number, minutes: number): Promise<FlappingResult> {
  const world = new FlappingWorld(seededRandom(seed));
  for (let minute = 0; minute < minutes; minute += 1) await world.minute();
  world.becomeQuiet();
  for (let minute = 0; minute < QUIET_MINUTES; minute += QUIET_STEP_MINUTES)
    await world.minute(QUIET_STEP_MINUTES);
  const dossiers = [...world.store.messages.keys()].filter((id) => id.startsWith('m_escalated_')).length;
  return {
    attempts: world.attempts.length,
    offences: [...world.offences, ...beyondLimits(world)],
    unended: [...world.store.cases.values()]
      .filter(({ status }) => status !== 'resolved' && status !== 'escalated')
      .map(({ id, status, reason }) => `${id} ${status}: ${reason}`),
    escalationsWithoutDossier: world.escalations - dossiers,
  };
}

/** Counted from the plans alone, whatever the cases say. */
function beyondLimits({ attempts, attemptsAllowed }: FlappingWorld): readonly string[] {
  const tenMinutes = 10 * MINUTE_MS;
  return [
    ...exceeding(attempts, ({ caseId }) => caseId, { most: attemptsAllowed, withinMs: DAY_MS }),
    ...exceeding(attempts, ({ namespace }) => namespace, { most: 3, withinMs: tenMinutes }),
    ...exceeding(attempts, () => 'the cluster', { most: 6, withinMs: tenMinutes }),
  ];
}

type Attempt = FlappingWorld['attempts'][number];

function exceeding(
  attempts: readonly Attempt[],
  keyOf: (attempt: Attempt) => string,
  { most, withinMs }: { readonly most: number; readonly withinMs: number },
): readonly string[] {
  const groups = Map.groupBy(attempts, keyOf);
  return [...groups].flatMap(([key, group]) => {
    const times = group.map(({ at }) => at);
    const found = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + withinMs).length),
    );
    return found > most ? [`${found} attempts at ${key} within ${withinMs / MINUTE_MS} min`] : [];
  });
}
