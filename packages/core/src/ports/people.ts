import type { Principal } from '../principal.ts';
import type { SlackPerson } from '../requests/slack-person.ts';

export type PersonAnswer =
  | { readonly kind: 'known'; readonly principal: Principal }
  /** `message`: why, for the person themselves or for whoever waits for them. */
  | { readonly kind: 'refused'; readonly message: string };

/** Looks again at somebody who asked or decided before: they may have been removed, or moved to other groups, since. */
export interface People {
  /**
   * The person as they are known now. `vote`: Slack is asked anew; `execution`: what it said within the last five
   * minutes will do. Throws what may go away by itself (unavailable, timeout, rate_limited): whom nobody can look at
   * is not taken for known.
   */
  confirm(principal: Principal, moment: 'vote' | 'execution'): Promise<PersonAnswer>;
  /** Somebody who was named by somebody else. Fails like confirm. */
  find(person: SlackPerson): Promise<PersonAnswer>;
}
