import type { KnownCheck } from './known-check.ts';

/** Why a check is not covered, from docs/detections-left-out.md. */
export interface LeftOut {
  /** `source name`, as in the list of known checks. */
  readonly check: string;
  readonly reason: string;
}

export interface SourceCoverage {
  readonly source: string;
  readonly total: number;
  readonly covered: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Neither covered nor left out with a reason. */
  readonly missing: readonly string[];
}

export interface Coverage {
  readonly total: number;
  readonly sources: readonly SourceCoverage[];
  /** What analyzers say that they cover and no list names: mostly a slip of the pen. */
  readonly unknown: readonly string[];
  /** What is left out although an analyzer covers it, or although no list names it. */
  readonly idleReasons: readonly string[];
}

/** Most that may be left out or missing, as a share of all. */
export const MOST_LEFT_OUT_SHARE = 0.05;

/** Counts which known checks the sources of analyzers cover. Case and punctuation do not matter. Pure. */
export function countCoverage(
  known: readonly KnownCheck[],
  sources: readonly string[],
  leftOut: readonly LeftOut[],
): Coverage {
  const claimed = new Set(sources.map(keyOf));
  const reasons = new Map(leftOut.map((entry) => [keyOf(entry.check), entry]));
  const keys = new Set(known.map(({ source, name }) => keyOf(`${source} ${name}`)));
  const perSource = [...Map.groupBy(known, ({ source }) => source)].map(([source, checks]) =>
    coverageOf(source, checks, claimed, reasons),
  );
  return {
    total: keys.size,
    sources: perSource,
    unknown: [...new Set(sources)].filter((source) => !keys.has(keyOf(source))),
    idleReasons: leftOut
      .map(({ check }) => check)
      .filter((check) => claimed.has(keyOf(check)) || !keys.has(keyOf(check))),
  };
}

function coverageOf(
  source: string,
  checks: readonly KnownCheck[],
  claimed: ReadonlySet<string>,
  reasons: ReadonlyMap<string, LeftOut>,
): SourceCoverage {
  const names = checks.map(({ name }) => `${source} ${name}`);
  const open = names.filter((name) => !claimed.has(keyOf(name)));
  return {
    source,
    total: names.length,
    covered: names.filter((name) => claimed.has(keyOf(name))),
    leftOut: open.flatMap((name) => reasons.get(keyOf(name)) ?? []),
    missing: open.filter((name) => !reasons.has(keyOf(name))),
  };
}

/** Whether something was counted and few enough checks are left out or missing. */
export function isCoveredEnough({ total, sources }: Coverage): boolean {
  const covered = sources.reduce((sum, source) => sum + source.covered.length, 0);
  return total > 0 && total - covered <= total * MOST_LEFT_OUT_SHARE;
}

function keyOf(check: string): string {
  return check
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}
