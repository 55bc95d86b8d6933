import type { CronJobView } from '@jamie/core';
import { type CronExpression, CronExpressionParser } from 'cron-parser';

/** What a schedule says, or why it says nothing. */
export type CronSchedule =
  | {
      readonly kind: 'valid';
      /** The last moment before `at` at which it asks for a run; undefined for a schedule that never does. */
      lastDueBefore(at: number): number | undefined;
    }
  | { readonly kind: 'invalid'; readonly problem: string };

/** robfig/cron, spec.md, which the API server uses: no seconds, no years, and no letters but names. */
const FIELD =
  /^(?:[\d*/,?-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat){1,100}$/i;
const MACROS: ReadonlySet<string> = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);
const EVERY = /^@every (?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,9})s)?$/;
const MAX_LENGTH = 200;
/** `@midnight` is the same as `@daily`; the parser knows only one of the names. */
const MIDNIGHT = '@daily';

/** Reads the schedule of a CronJob in its own time zone, that of the control plane being taken for UTC. */
export function readSchedule({ schedule, timeZone, createdAt }: CronJobView): CronSchedule {
  const text = schedule.trim();
  const every = EVERY.exec(text);
  if (every !== null && text !== '@every') return readInterval(every, createdAt);
  const problem = problemOf(text);
  if (problem !== undefined) return { kind: 'invalid', problem };
  const tz = timeZone === '' ? 'UTC' : timeZone;
  const expression = text === '@midnight' ? MIDNIGHT : text;
  const parsed = parse(expression, tz);
  if (typeof parsed === 'string') return { kind: 'invalid', problem: parsed };
  return { kind: 'valid', lastDueBefore: (at) => previous(expression, tz, at) };
}

/** What the grammar of Kubernetes forbids although other crons allow it; undefined where there is no objection. */
function problemOf(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  if (text.startsWith('TZ=') || text.startsWith('CRON_TZ='))
    return 'it names a time zone, which belongs into spec.timeZone';
  if (text.startsWith('@')) return MACROS.has(text) ? undefined : `${text} is not a schedule`;
  const fields = text.split(/\s+/).filter((field) => field !== '');
  if (fields.length !== 5) return `it has ${fields.length} fields in place of 5`;
  const odd = fields.find((field) => !FIELD.test(field));
  return odd === undefined ? undefined : `"${odd}" is not a field of a schedule`;
}

function readInterval([, hours, minutes, seconds]: RegExpExecArray, createdAt: number): CronSchedule {
  const intervalMs = 1_000 * (3_600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0) + Number(seconds ?? 0));
  if (intervalMs === 0) return { kind: 'invalid', problem: 'its interval is zero' };
  const lastDueBefore = (at: number) => {
    const due = createdAt + Math.floor((at - createdAt) / intervalMs) * intervalMs;
    return due > createdAt ? due : undefined;
  };
  return { kind: 'valid', lastDueBefore };
}

function parse(expression: string, tz: string, currentDate?: Date): CronExpression | string {
  try {
    return CronExpressionParser.parse(expression, { tz, ...(currentDate && { currentDate }) });
  } catch (error) {
    // What the parser says of the schedule is the answer.
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

function previous(expression: string, tz: string, at: number): number | undefined {
  if (!Number.isFinite(at)) return undefined;
  const parsed = parse(expression, tz, new Date(at));
  if (typeof parsed === 'string') return undefined;
  try {
    return parsed.prev().getTime();
  } catch {
    // The parser gives up on a date that never comes, for example 31 February.
    return undefined;
  }
}
