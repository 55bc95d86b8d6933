/** A check that detections.md names: `source name` is how an analyzer says that it covers it. */
export interface KnownCheck {
  /** The tool or suite: `popeye`. */
  readonly source: string;
  /** How it calls the check: `106`. */
  readonly name: string;
  /** What it looks for, in our words. */
  readonly title: string;
}

/** The checks of one source, from pairs of name and title. */
export function checksOf(
  source: string,
  checks: readonly (readonly [name: string, title: string])[],
): readonly KnownCheck[] {
  return checks.map(([name, title]) => ({ source, name, title }));
}
