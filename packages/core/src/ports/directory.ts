import type { Principal } from '../principal.ts';

/** Who is who, from the checked principals file. Undefined: unknown, and nothing may happen for them. */
export interface Directory {
  findSlackPerson(teamId: string, userId: string): Principal | undefined;
  /** The person at the local page and the CLI. */
  readonly localPerson: Principal;
}
