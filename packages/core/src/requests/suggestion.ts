import type { Principal } from '../principal.ts';

/** What somebody looks for while they type. */
export interface SuggestionQuery {
  readonly principal: Principal;
  readonly what: 'cluster' | 'namespace' | 'workload';
  /** What was typed so far; empty: everything there is. */
  readonly query: string;
  /** Default: where this person looks unless told otherwise. */
  readonly cluster?: string;
  /** For workloads. Default: every namespace. */
  readonly namespace?: string;
  readonly limit: number;
}

/** Something to choose. */
export interface Suggestion {
  readonly label: string;
  /** As it is typed in a command: a name, or for a workload `deploy/checkout -n payments`. */
  readonly value: string;
  readonly detail?: string;
}
