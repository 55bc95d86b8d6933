const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A schedule that fits no day of four years never fires. */
const LONGEST_MS = 4 * 366 * DAY_MS;

/** The minutes, hours and days at which a schedule fires, in UTC. */
export interface Schedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  isDay(date: Date): boolean;
}

const MACROS: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/**
 * Reads a cron schedule of five numeric fields (`*`, lists, ranges, steps) or one of the usual names. Undefined for what
 * it does not understand: names of days and months are not read.
 */
export function parseSchedule(text: string): Schedule | undefined {
  const fields = (MACROS[text.trim()] ?? text).trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  const minutes = parseField(minute, 0, 59);
  const hours = parseField(hour, 0, 23);
  const days = parseField(day, 1, 31);
  const months = parseField(month, 1, 12);
  const weekdays = parseField(weekday, 0, 7);
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  const isWeekday = (date: Date): boolean =>
    weekdays.has(date.getUTCDay()) || (date.getUTCDay() === 0 && weekdays.has(7));
  // When both are restricted either will do; cron(8) has it so, and Kubernetes with it.
  const isEither = !day.startsWith('*') && !weekday.startsWith('*');
  const isDay = (date: Date): boolean =>
    isEither
      ? days.has(date.getUTCDate()) || isWeekday(date)
      : days.has(date.getUTCDate()) && isWeekday(date);
  return { minutes, hours, months, isDay };
}

/** The first time after `now`, in milliseconds since 1970; undefined when there is none. */
export function nextTime(schedule: Schedule, now: number): number | undefined {
  let at = Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  for (const end = at + LONGEST_MS; at < end; ) {
    const date = new Date(at);
    if (!schedule.months.has(date.getUTCMonth() + 1) || !schedule.isDay(date))
      at = Math.floor(at / DAY_MS) * DAY_MS + DAY_MS;
    else if (!schedule.hours.has(date.getUTCHours())) at = Math.floor(at / HOUR_MS) * HOUR_MS + HOUR_MS;
    else if (schedule.minutes.has(date.getUTCMinutes())) return at;
    else at += MINUTE_MS;
  }
  return undefined;
}

function parseField(text: string, least: number, most: number): ReadonlySet<number> | undefined {
  const ranges = text.split(',').map((part) => parseRange(part, least, most));
  return ranges.every((range) => range !== undefined) ? new Set(ranges.flat()) : undefined;
}

function parseRange(text: string, least: number, most: number): readonly number[] | undefined {
  const [, range, from, to, step] = /^(\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  if (range === undefined || Number(step) === 0) return undefined;
  const first = range === '*' ? least : Number(from);
  const isOpen = range === '*' || (step !== undefined && to === undefined);
  const last = isOpen ? most : Number(to ?? from);
  if (first < least || last > most || first > last) return undefined;
  const every = Number(step ?? 1);
  return Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => first + index * every);
}
