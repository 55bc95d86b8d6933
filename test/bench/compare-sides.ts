/** Runs one thing through to its end. */
export type Action = (number: number) => Promise<void>;

/** One of two things that are compared. */
export interface Side {
  readonly act: Action;
  close(): Promise<void>;
}

/** What so many actions took. */
export interface Sample {
  readonly latenciesMs: readonly number[];
  readonly perSecond: number;
}

export interface SideLoad {
  readonly concurrency: number;
  readonly actions: number;
  /** Done first and thrown away. */
  readonly warmUp: number;
}

/** Samples of both sides in A B B A order, under the same load. Closes both. */
export async function compareSides(
  sides: readonly [Side, Side],
  load: SideLoad,
): Promise<readonly [readonly Sample[], readonly Sample[]]> {
  try {
    const samples: readonly [Sample[], Sample[]] = [[], []];
    let next = 0;
    const measure = async (side: 0 | 1, actions: number) => {
      const sample = await measureSide(sides[side].act, next, actions, load.concurrency);
      next += actions;
      return sample;
    };
    for (const side of [0, 1] as const) await measure(side, load.warmUp);
    for (const side of [0, 1, 1, 0] as const) samples[side].push(await measure(side, load.actions));
    return samples;
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}

/** So many actions, `concurrency` of them at a time. */
async function measureSide(
  act: Action,
  first: number,
  actions: number,
  concurrency: number,
): Promise<Sample> {
  const latenciesMs: number[] = [];
  let begun = 0;
  const startedAt = performance.now();
  const lane = async () => {
    while (begun < actions) {
      const number = first + begun;
      begun += 1;
      const beganAt = performance.now();
      await act(number);
      latenciesMs.push(performance.now() - beganAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { latenciesMs, perSecond: (actions / (performance.now() - startedAt)) * 1_000 };
}

/** In milliseconds. */
export function medianOf(samples: readonly Sample[]): number {
  const sorted = samples.flatMap(({ latenciesMs }) => latenciesMs).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Actions per second. */
export function rateOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { perSecond }) => sum + perSecond, 0) / samples.length;
}
