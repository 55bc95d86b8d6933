const LEVEL_NAMES: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info ', 40: 'warn ', 50: 'ERROR' };
const OWN_KEYS: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'err']);

/** One JSON log line as people read it: `12:04:31.120 info  message  key=value`, an error's stack beneath. */
export function renderPrettyLine(line: string): string {
  const entry = JSON.parse(line) as Record<string, unknown>;
  const time = new Date(Number(entry['time'])).toISOString().slice(11, 23);
  const level = LEVEL_NAMES[Number(entry['level'])] ?? String(entry['level']);
  const fields = Object.entries(entry)
    .filter(([key]) => !OWN_KEYS.has(key))
    .map(([key, value]) => `${key}=${renderValue(value)}`);
  const head = [`${time} ${level} ${String(entry['msg'])}`, ...fields].join('  ');
  return `${head}${renderError(entry['err'])}\n`;
}

function renderValue(value: unknown): string {
  if (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) && !value.includes('"')) return value;
  return JSON.stringify(value);
}

function renderError(error: unknown): string {
  if (error === undefined) return '';
  if (typeof error !== 'object' || error === null || !('stack' in error))
    return `  err=${JSON.stringify(error)}`;
  const { stack, cause } = error as { stack: unknown; cause?: unknown };
  const lines = stripControls(String(stack)).split('\n');
  return `\n  ${lines.join('\n  ')}${cause === undefined ? '' : renderError(cause)}`;
}

/** A log line may quote cluster text: no escape sequence of it may reach a terminal. */
function stripControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
