import type { PolicyLimits, PolicyUsage } from './policy-book.ts';

export type LimitDecision =
  | { readonly kind: 'within' }
  | {
      readonly kind: 'exceeded';
      readonly limit: 'per_person' | 'per_channel' | 'per_day' | 'open_per_person';
      readonly message: string;
    };

/** Whether one more plan may be asked for. Pure. A way back is never counted against anybody. */
export function checkLimits(limits: PolicyLimits, usage: PolicyUsage): LimitDecision {
  if (usage.openOfPerson >= (limits.openPerPerson ?? Infinity)) {
    return exceeded(
      'open_per_person',
      `${usage.openOfPerson} of your plans wait for a decision; the team allows ${limits.openPerPerson} at once. Have one decided, or take one back.`,
    );
  }
  if (usage.byPersonToday >= (limits.perPersonPerDay ?? Infinity)) {
    return exceeded('per_person', tooMany('You have asked', usage.byPersonToday, limits.perPersonPerDay));
  }
  if (usage.inChannelToday >= (limits.perChannelPerDay ?? Infinity)) {
    return exceeded(
      'per_channel',
      tooMany('This channel has asked', usage.inChannelToday, limits.perChannelPerDay),
    );
  }
  if (usage.today >= (limits.perDay ?? Infinity)) {
    return exceeded('per_day', tooMany('Everybody together has asked', usage.today, limits.perDay));
  }
  return { kind: 'within' };
}

function tooMany(who: string, count: number, limit: number | undefined): string {
  return `${who} for ${count} changes today; the team allows ${limit}. Ask whoever keeps the policy.`;
}

function exceeded(
  limit: Extract<LimitDecision, { kind: 'exceeded' }>['limit'],
  message: string,
): LimitDecision {
  return { kind: 'exceeded', limit, message };
}
