/** One line of `jamie doctor`: what was checked, how it stands, and how to mend it. */
export interface CheckResult {
  readonly name: string;
  /** `off`: not configured, and that is fine. */
  readonly status: 'ok' | 'warning' | 'failed' | 'off';
  readonly detail: string;
  /** The one step that connects or mends it; empty when all is well. */
  readonly mend: string;
}

export type Check = () => Promise<CheckResult>;
