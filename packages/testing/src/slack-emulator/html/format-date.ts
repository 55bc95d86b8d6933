const TOKENS: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_pretty: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_short_pretty: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_long_pretty: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  day_divider_pretty: { weekday: 'long', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/**
 * A date in the format of a `<!date>` token, for a reader in Greenwich; undefined when the time or a token is not one
 * that Slack knows, so that the fallback is shown. `seconds` since 1970.
 */
export function formatDate(seconds: number, format: string): string | undefined {
  const date = new Date(seconds * 1_000);
  if (Number.isNaN(date.getTime())) return undefined;
  let isKnown = true;
  const text = format.replace(/\{(\w+)\}/g, (_token, name: string) => {
    if (name === 'date_num') return date.toISOString().slice(0, 10);
    const options = TOKENS[name];
    if (options === undefined) isKnown = false;
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(date);
  });
  return isKnown ? text : undefined;
}
