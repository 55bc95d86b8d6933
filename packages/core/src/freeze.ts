import type { Principal } from './principal.ts';

/** The emergency stop for every new execution. `version` grows with each switch, so that an effect can depend on it. */
export interface FreezeState {
  readonly frozen: boolean;
  readonly reason: string;
  readonly by?: Principal;
  readonly at: number;
  readonly version: number;
}
