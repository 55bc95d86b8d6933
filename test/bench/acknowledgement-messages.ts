/** What the benchmark tells its Slack. */
export interface LoadOrder {
  readonly kind: 'load';
  readonly events: number;
  readonly eventsPerSecond: number;
}

export interface SlackReady {
  readonly kind: 'ready';
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
}

export interface SlackReport {
  readonly kind: 'report';
  readonly latenciesMs: readonly number[];
  /** Acknowledged only after Slack had to send them again. */
  readonly redelivered: number;
}

/** The benchmark needs its Slack no longer. */
export interface EndOrder {
  readonly kind: 'end';
}
