/** One bar: what was measured, and where it has to end. */
export interface ChartBar {
  readonly label: string;
  readonly value: number;
  /** A limit, in the same unit; absent where there is none. */
  readonly limit?: number;
}

/**
 * A picture beside an answer whose text already says the point. Surfaces without pictures leave it out: the numbers
 * stand in the answer's table too.
 */
export interface ReplyChart {
  /** A file name, for example `usage-shop.png`. */
  readonly name: string;
  readonly title: string;
  /** What the picture shows, for people who do not see it. */
  readonly description: string;
  /** What a value is in, for example `milli-cores`. */
  readonly unit: string;
  /** From the top down. */
  readonly bars: readonly ChartBar[];
}

/** Fewer values are said better in words. */
export const MIN_CHART_BARS = 4;
/** More bars cannot be told apart on a telephone. */
export const MAX_CHART_BARS = 15;
