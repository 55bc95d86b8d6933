import type { Family, Played, QuickResult } from './family.ts';
import { judgeTrial } from './judge-trial.ts';
import type { Lane, Site } from './lane.ts';
import { removeChanges } from './make-change.ts';
import { type QuickSpec, QuickTrial, TrialOver } from './quick-trial.ts';

/** Longer than any trial takes that comes to an end. */
const LIMIT_MS = 200_000;

/** A process that was stopped for good may not end any more; the next trial does not wait for it. */
const END_WITHIN_MS = 60_000;

/** Plays one trial and judges it. What the program does wrong is a violation, never an exception. */
export async function runQuickTrial(
  family: Family,
  spec: QuickSpec,
  site: Site,
  lane: Lane,
): Promise<QuickResult> {
  const startedAt = performance.now();
  const trial = new QuickTrial(spec, site, lane);
  let played: Played = { faults: 1, ended: 'no end' };
  try {
    played = await within(family.limitMs ?? LIMIT_MS, family.play(trial));
    if (played.expected !== undefined) trial.violations.push(...(await judgeTrial(trial, played.expected)));
  } catch (error) {
    trial.violations.push(await describe(trial, error));
  } finally {
    await within(END_WITHIN_MS, cleanUp(trial)).catch((error: unknown) => {
      trial.violations.push(`the trial left something behind: ${describeError(error)}`);
    });
  }
  const { faults, trials = 1, ended } = played;
  const durationMs = Math.round(performance.now() - startedAt);
  return { spec, faults, trials, violations: trial.violations, ended, durationMs };
}

async function cleanUp(trial: QuickTrial): Promise<void> {
  await removeChanges(trial);
  await trial.end();
}

function within<Result>(limitMs: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TrialOver(`no end within ${limitMs} ms`)), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function describe(trial: QuickTrial, error: unknown): Promise<string> {
  const text = error instanceof TrialOver ? `I2: ${error.message}` : `thrown: ${describeError(error)}`;
  const plans = trial.hasBegun ? await trial.store.listPlans({ limit: 20 }).catch(() => []) : [];
  const seen = plans.map(
    ({ plan, status, reason, version }) =>
      `${plan.id} ${status} v${version}, painted ${trial.painted.get(plan.id)}: ${reason}`,
  );
  const logged = trial.replicas
    .flatMap(({ logger }) => logger.entries.slice(-6))
    .map(({ message, fields }) => `${message} ${String(fields['err'] ?? '')}`);
  return `${text}; plans: ${seen.join(' | ')}; logs: ${logged.join(' | ').slice(0, 1_500)}`;
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack
    ?.split('\n')
    .slice(1, 5)
    .map((line) => line.trim())
    .join(' ');
  const because = error.cause === undefined ? '' : `, because of ${describeError(error.cause)}`;
  return `${error.message} (${place})${because}`;
}
