/** Which lines of which container. Bounded: a reader never returns more than `limitBytes`. */
export interface LogQuery {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly tailLines: number;
  readonly limitBytes: number;
  /** Only lines of this last stretch of time. */
  readonly sinceSeconds?: number;
  /** Each line begins with the kubelet's RFC 3339 time and a space. */
  readonly timestamps?: boolean;
}
