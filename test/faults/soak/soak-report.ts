import type { Outcome } from '../outcome.ts';
import { type GrowthLimits, type GrowthVerdict, judgeGrowth } from './judge-growth.ts';
import type { ProcessLife } from './process-watch.ts';
import type { PairReport } from './run-soak-pair.ts';

const MEBIBYTE = 1_024 ** 2;

interface SoakReport extends Outcome {
  /** Markdown: how often each fault happened. */
  readonly table: string;
  /** One line for each process that lived long enough to be judged. */
  readonly lives: readonly string[];
  readonly problems: readonly string[];
}

/** Judges all pairs of a soak. A soak without a fault, or in which nobody asked, has shown nothing. Pure. */
export function reportOnSoak(reports: readonly PairReport[], seed: number, limits: GrowthLimits): SoakReport {
  const judged = reports.flatMap(({ pair, lives }) =>
    lives.map((life) => ({ pair, life, verdict: judgeGrowth(life.samples, limits) })),
  );
  const old = judged.filter(({ verdict }) => verdict.kind !== 'too_short');
  const growing = old.flatMap(({ pair, life, verdict }) =>
    verdict.kind === 'growing' ? [`${pair} ${life.name}: ${verdict.reason}: ${courseOf(life)}`] : [],
  );
  const idle = reports.filter(({ faults, asked }) => faults.length === 0 || asked === 0);
  const problems = [
    ...reports.flatMap(({ pair, violations }) => violations.map((violation) => `${pair}: ${violation}`)),
    ...growing,
    ...idle.map(({ pair }) => `${pair}: nothing was asked for, or no fault happened`),
  ];
  const sum = (of: (report: PairReport) => number) => reports.reduce((total, each) => total + of(each), 0);
  const memory =
    old.length === 0
      ? 'no process lived long enough to judge its memory'
      : `${old.length} processes lived long enough to judge their memory and open files, ${growing.length} of them grew`;
  return {
    table: tableOf(reports),
    lives: old.map(({ pair, life, verdict }) => `${pair} ${life.name}: ${describeVerdict(verdict)}`),
    problems,
    summary: `seed ${seed}: soak on ${reports.map(({ pair }) => pair).join(' and ')}, ${sum(({ faults }) => faults.length)} faults, ${sum(({ asked }) => asked)} asked for, ${sum(({ changes }) => changes)} of them changes, ${sum(({ refusedBySlack }) => refusedBySlack)} that Slack itself reported as failed; ${sum(({ lost }) => lost.length)} lost, ${sum(({ doubled }) => doubled.length)} doubled, ${sum(({ violations }) => violations.length)} violations; ${memory}`,
    trials: sum(({ faults }) => faults.length),
    violations: problems.length,
    isGood: reports.length > 0 && problems.length === 0,
  };
}

function tableOf(reports: readonly PairReport[]): string {
  const all = reports.flatMap(({ faults }) => faults.map(({ family, name }) => `${family} ${name}`));
  const kinds = [...new Set(all)].toSorted(new Intl.Collator('en', { numeric: true }).compare);
  const counts = (kind: string) =>
    reports.map(({ faults }) => faults.filter(({ family, name }) => `${family} ${name}` === kind).length);
  return [
    `| Fault | ${reports.map(({ pair }) => pair).join(' | ')} |`,
    `|---${'|--:'.repeat(reports.length)}|`,
    ...kinds.map((kind) => `| ${kind} | ${counts(kind).join(' | ')} |`),
  ].join('\n');
}

function describeVerdict(verdict: GrowthVerdict): string {
  if (verdict.kind === 'too_short') return verdict.reason;
  const { kind, lifeMs, rssBytes, openFiles, rssBytesPerHour, openFilesPerHour } = verdict;
  const memory = rssBytes.map((bytes) => (bytes / MEBIBYTE).toFixed(1)).join(' to ');
  const perHour = `${(rssBytesPerHour / MEBIBYTE).toFixed(1)} MiB and ${openFilesPerHour.toFixed(1)} files an hour`;
  return `${kind}, ${Math.round(lifeMs / 1_000)} s, ${memory} MiB, ${openFiles.join(' to ')} open files (${perHour})`;
}

const POINTS = 40;

/** The memory of a life in so many points, for somebody who looks for the leak. */
function courseOf({ samples }: ProcessLife): string {
  const step = Math.max(1, Math.floor(samples.length / POINTS));
  const points = samples.filter((_, index) => index % step === 0);
  return points.map(({ rssBytes, openFiles }) => `${Math.round(rssBytes / MEBIBYTE)}/${openFiles}`).join(' ');
}
