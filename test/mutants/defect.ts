/** One seeded defect: a textual change that breaks a promise, and the suite that must notice. */
export interface Defect {
  /** What is broken, as a plain phrase: "the compare-and-set of a plan is skipped". */
  readonly name: string;
  /** Path from the root of the repository. */
  readonly file: string;
  /** Occurs exactly once in the file; a run fails when the code has moved on. */
  readonly find: string;
  readonly replace: string;
  /** Jest path pattern of the narrow suite that must go red; of project `faults` a family and its worlds: `F7 0 3 8`. */
  readonly suite: string;
  /** Default: unit. `faults`: quick trials of faults. */
  readonly project?: 'unit' | 'integration' | 'e2e' | 'faults';
}
