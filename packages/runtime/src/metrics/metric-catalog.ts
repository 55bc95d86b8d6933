/** A measured quantity: its Prometheus type, what it means, and its labels (few values each, never an id or a name of a person). */
export interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets, in the metric's own unit. */
  readonly buckets?: readonly number[];
}

/** Every metric that we publish. Names follow Prometheus: unit and `_total` as suffix. */
export const METRICS = {
  jamie_http_requests_total: {
    type: 'counter',
    help: 'HTTP requests answered by the API.',
    labels: ['method', 'route', 'status'],
  },
  jamie_http_request_duration_seconds: {
    type: 'histogram',
    help: 'Time from the request to the answer of the API.',
    labels: ['route'],
    buckets: [0.005, 0.02, 0.05, 0.15, 0.5, 1, 2, 5],
  },
  jamie_websocket_connections: {
    type: 'gauge',
    help: 'Open, authenticated WebSocket connections.',
    labels: [],
  },
  jamie_requests_submitted_total: {
    type: 'counter',
    help: 'Requests of people that were stored.',
    labels: ['surface', 'form'],
  },
  jamie_votes_total: {
    type: 'counter',
    help: 'Votes on plans, by decision and whether they stand.',
    labels: ['surface', 'decision', 'result'],
  },
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof METRICS;

/** The labels of one metric, all of them. */
export type MetricLabels<Name extends MetricName> = Readonly<
  Record<(typeof METRICS)[Name]['labels'][number], string>
>;

type NamesOfType<Type> = {
  [Name in MetricName]: (typeof METRICS)[Name]['type'] extends Type ? Name : never;
}[MetricName];
export type CounterName = NamesOfType<'counter'>;
export type GaugeName = NamesOfType<'gauge'>;
export type HistogramName = NamesOfType<'histogram'>;
