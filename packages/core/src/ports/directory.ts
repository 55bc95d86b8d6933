import type { Principal } from '../principal.ts';

/** Who is who, from the checked principals file. Undefined: unknown, and nothing may happen for them. */
export interface Directory {
  /** `email`: the address that Slack has confirmed for this account, as Slack spells it; absent without one. */
  findSlackPerson(teamId: string, userId: string, email?: string): Principal | undefined;
  /** Whether a confirmed address may make somebody of this workspace known. */
  mapsEmailsOf(teamId: string): boolean;
  /** Takes the file anew where it has changed and is valid; otherwise what was valid last stays. Never throws. */
  refresh(): Promise<void>;
  /** The person at the local page and the CLI. */
  readonly localPerson: Principal;
  /** As whom faults are healed by themselves; undefined: nobody may, so that nothing is. */
  readonly automation: Principal | undefined;
}
