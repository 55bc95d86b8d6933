import { phrasesOf } from './phrases.ts';

/** "Do not." */
export const NEGATIONS = phrasesOf(`
not, never, no need, no reason, under no circumstances, on no account, by no means, avoid, refrain, stop restarting, stop scaling, stop rolling
nobody should, no one should, there is no need, without restarting, no longer, instead of, neither, nor, hands off, leave alone, rather not, anything but, nicht, non
no restart, no restarts, no rollback, no scaling, keep your hands off, cease, quit restarting`);

/** "Only if." */
export const CONDITIONS = phrasesOf(`
if, unless, provided, providing, assuming, supposing, suppose, in case, as long as, so long as, on condition, on the condition, whether, otherwise, or else, depending
in the event, should it, should the, subject to, pending, except if, except when, only when, as required, where necessary, as necessary, if needed, given that, considering, falls, si`);

/** "Not now." */
export const TIMINGS = phrasesOf(`
tomorrow, tonight, later, soon, sometime, eventually, today, overnight, daily, nightly, hourly, weekly, monthly, weekend, weekends, midnight, noon, midday, lunch, lunchtime
monday, tuesday, wednesday, thursday, friday, saturday, sunday, mondays, fridays, sundays, saturdays, morning, afternoon, evening, night, this week, next, before, after, once, when, whenever, until, till, while
during, afterwards, o'clock, every day, every night, every hour, every morning, every week, every minute, every time, each day, each night, each morning, every monday, every friday, every sunday
schedule, scheduled, periodically, regularly, as soon as, the moment, in a minute, in a moment, in a bit, in a while, in an hour, in half an hour, in a few, for an hour, for a while, for a day, for now
for today, for tonight, temporarily, outside, out of hours, at the end, by the end, by then, first thing, shortly, january, february, april, june, july, august, september, october, november, december, christmas, from then, then again at, for the day, for the night, for the weekend, wait, gmt, utc`);

/** A manner or a limit that a plan cannot honour. */
export const QUALIFIERS = phrasesOf(`
only, except, excepting, excluding, exclude, apart from, aside from, other than, besides, all but, but not, everything but, without, with no, one at a time, one by one, two at a time, one after the other, at a time
slowly, gradually, carefully, gently, safely, gracefully, graceful, quietly, silently, cautiously, softly, progressively, incrementally, partially, partly, step by step, in steps, in stages, in batches, in parallel, staggered, bit by bit
canary, canaries, force, forced, forcefully, forcibly, hard, aggressively, skip, skipping, bypass, bypassing, ignoring, ignore, no approval, no questions, no downtime, zero downtime, dry run, dry-run, --force, --dry-run, -f
half of, some of, most of, one of, oldest, newest, first one, the first, the second, old pods, new pods, unhealthy, broken, crashed, failing, stuck, keeping, preserving, via, using, with the, with a, silent, secretly, on your own`);

/** Several things at once. */
export const ALL_WORDS = phrasesOf(`
all, both, everything, every, each, everyone, anything, any, whatever, everywhere, whole, entire, lot of them, the rest, others, other ones, two of them, them all, all of, the lot, various, multiple`);

/** What speaks of an order without giving one. */
export const HEDGES = phrasesOf(
  'maybe, perhaps, possibly, probably, might, i think, i guess, i suppose, i wonder, not sure',
);

/** Every word that counsels caution: none of them names an object unless there is one of that name. */
export const CAUTION_WORDS: ReadonlySet<string> = new Set(
  [NEGATIONS, CONDITIONS, TIMINGS, QUALIFIERS, ALL_WORDS, HEDGES].flatMap((phrases) =>
    [...phrases.values()].flat(2),
  ),
);
