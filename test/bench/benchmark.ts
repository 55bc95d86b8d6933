/** One measured figure. A figure with a bar counts only as a ratio to a peer that was measured in the same run. */
export interface Measurement {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** Whom it is compared with, with version: `client-node 2.0.0`. */
  readonly peer?: string;
  /** Ours divided by the peer's. */
  readonly ratio?: number;
  /** What was asked for: `<= 1.5x`. */
  readonly bar?: string;
  readonly met?: boolean;
}

export interface Benchmark {
  /** What `npm run bench -- <name>` calls it. */
  readonly name: string;
  run(): Promise<readonly Measurement[]>;
}
