/** Where a person, or a channel, looks unless told otherwise. */
export interface Defaults {
  /** `person:<principal id>`, or `channel:<team>:<channel>`; for the page and the CLI `channel:local`. */
  readonly scope: string;
  readonly namespace?: string;
  readonly cluster?: string;
  readonly version: number;
}
