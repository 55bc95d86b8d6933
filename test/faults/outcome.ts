/** What one suite has shown. */
export interface Outcome {
  /** One line, as it is printed at the end of a run. */
  readonly summary: string;
  /** In which the fault really happened. */
  readonly trials: number;
  readonly violations: number;
  /** Whether there were trials, nothing was violated, and nothing that was planned is missing. */
  readonly isGood: boolean;
}

/** The last line of a run: all suites together. Pure. */
export function totalOf(outcomes: readonly Outcome[], seed: number): string {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const trials = sum(outcomes.map((outcome) => outcome.trials));
  const violations = sum(outcomes.map((outcome) => outcome.violations));
  return `seed ${seed}: ${trials} trials, ${violations} violations`;
}
