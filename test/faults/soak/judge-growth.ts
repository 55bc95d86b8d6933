/** What one process holds at one moment of its life. */
export interface ProcessSample {
  /** Since its start, in milliseconds. */
  readonly atMs: number;
  /** Resident memory. */
  readonly rssBytes: number;
  readonly openFiles: number;
}

/** How much more a process may hold late in its life than in the middle of it. */
export interface GrowthLimits {
  /** A shorter life is no ground for a verdict. */
  readonly leastLifeMs: number;
  readonly memoryBytes: number;
  readonly files: number;
}

interface Growth {
  readonly lifeMs: number;
  /** Medians of the middle third and of the last third. */
  readonly rssBytes: readonly [number, number];
  readonly openFiles: readonly [number, number];
  /** The growth between these medians, as if it went on for an hour. */
  readonly rssBytesPerHour: number;
  readonly openFilesPerHour: number;
}

export type GrowthVerdict =
  | { readonly kind: 'too_short'; readonly reason: string }
  | (Growth & { readonly kind: 'level' })
  | (Growth & { readonly kind: 'growing'; readonly reason: string });

/** Fewer would make a median of chance. */
const LEAST_SAMPLES = 9;
const HOUR_MS = 3_600_000;
const MEBIBYTE = 1_024 ** 2;

/**
 * Whether a process keeps what it should give back. The first third of its life is its warm-up and is left out: code is
 * compiled, caches fill, the heap finds its size. The median of the last third is compared with that of the middle third,
 * since a collector makes memory rise and fall like a saw, and a median of many teeth does not. Pure.
 */
export function judgeGrowth(samples: readonly ProcessSample[], limits: GrowthLimits): GrowthVerdict {
  const first = samples[0]?.atMs ?? 0;
  const lifeMs = (samples.at(-1)?.atMs ?? 0) - first;
  if (samples.length < LEAST_SAMPLES || lifeMs < limits.leastLifeMs) {
    const reason = `${samples.length} samples in ${lifeMs} ms; it takes ${limits.leastLifeMs} ms`;
    return { kind: 'too_short', reason };
  }
  const third = lifeMs / 3;
  const middle = samples.filter(({ atMs }) => atMs - first >= third && atMs - first < 2 * third);
  const last = samples.filter(({ atMs }) => atMs - first >= 2 * third);
  const rssBytes = [median(middle.map(rssOf)), median(last.map(rssOf))] as const;
  const openFiles = [median(middle.map(filesOf)), median(last.map(filesOf))] as const;
  const grownBytes = rssBytes[1] - rssBytes[0];
  const grownFiles = openFiles[1] - openFiles[0];
  const growth: Growth = {
    ...{ lifeMs, rssBytes, openFiles },
    rssBytesPerHour: (grownBytes / third) * HOUR_MS,
    openFilesPerHour: (grownFiles / third) * HOUR_MS,
  };
  if (grownBytes > limits.memoryBytes) {
    const reason = `memory grew by ${mebibytes(grownBytes)} MiB from ${mebibytes(rssBytes[0])} MiB; ${mebibytes(limits.memoryBytes)} MiB are noise`;
    return { kind: 'growing', reason, ...growth };
  }
  if (grownFiles > limits.files) {
    const reason = `open files grew by ${grownFiles} from ${openFiles[0]}; ${limits.files} are noise`;
    return { kind: 'growing', reason, ...growth };
  }
  return { kind: 'level', ...growth };
}

function rssOf({ rssBytes }: ProcessSample): number {
  return rssBytes;
}

function filesOf({ openFiles }: ProcessSample): number {
  return openFiles;
}

/** Of an empty list 0: a life without a sample in a third of it shows no growth there. */
function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

function mebibytes(bytes: number): string {
  return (bytes / MEBIBYTE).toFixed(1);
}
