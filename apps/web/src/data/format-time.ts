/** The time of day, with the date when it is not today: `14:03`, `2 Aug 2026, 14:03`. In the reader's time zone. */
export function formatTime(atMs: number, nowMs: number, timeZone?: string): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', ...zone });
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...zone }).format(atMs);
  const date = day.format(atMs);
  return date === day.format(nowMs) ? time : `${date}, ${time}`;
}

/** The same moment to the second, for a tooltip and for evidence: `2 Aug 2026, 14:03:09`. */
export function formatMoment(atMs: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(atMs);
}

const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/** A fact of a card as people read it: a bare UTC timestamp becomes local time, anything else stays as it is. */
export function formatFact(value: string, nowMs: number, timeZone?: string): string {
  return TIMESTAMP.test(value) ? formatTime(Date.parse(value), nowMs, timeZone) : value;
}
