import type { MaintenanceWindow } from './team-policy-schema.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const DAY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

/**
 * Whether a moment lies within a window, by the wall clock of its time zone. A window that ends before it begins goes on
 * into the next day; its days are those on which it begins. In the hour that a clock change repeats it is open twice, and
 * in the one that is left out it is not open.
 */
export function isOpen(window: MaintenanceWindow, now: number): boolean {
  const { day, minute } = wallClock(window.timeZone, now);
  const from = minutesOf(window.from);
  const until = minutesOf(window.until);
  if (from < until) return beginsOn(window, day) && minute >= from && minute < until;
  if (minute >= from) return beginsOn(window, day);
  return minute < until && beginsOn(window, (day + 6) % 7);
}

/**
 * The first full minute after `now`, no later than `until`, at which a window that is open now is open no more; undefined
 * where it stays open so long. Looked up minute by minute, since a clock change moves the end.
 */
export function closesAt(
  windows: readonly MaintenanceWindow[],
  now: number,
  until: number,
): number | undefined {
  for (let at = (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS; at <= until; at += MINUTE_MS)
    if (!windows.some((window) => isOpen(window, at))) return at;
  return undefined;
}

function beginsOn({ days }: MaintenanceWindow, day: number): boolean {
  const name = DAYS[day];
  return name !== undefined && days.includes(name);
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

function wallClock(timeZone: string, now: number): { readonly day: number; readonly minute: number } {
  const parts = formatOf(timeZone).formatToParts(now);
  const value = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const weekday = value('weekday').toLowerCase();
  return {
    day: (DAYS as readonly string[]).indexOf(weekday),
    minute: (Number(value('hour')) * 60 + Number(value('minute'))) % DAY_MINUTES,
  };
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** Made once for each time zone: making one takes longer than using it a hundred times. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  FORMATS.set(timeZone, format);
  return format;
}
