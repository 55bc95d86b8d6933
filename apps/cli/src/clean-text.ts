/**
 * Everything that could steer a terminal or disguise text: control characters but line break and tab, and the
 * characters that reverse the direction of writing.
 */
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Text from a cluster or a person, made safe to print. */
export function cleanText(text: string): string {
  return text.replace(STEERING, '');
}

/** The same for every text within a value. Keys are ours. */
export function cleanDeep<Value>(value: Value): Value {
  // Sound: strings stay strings and nothing else changes.
  return cleanUnknown(value) as Value;
}

/** One value as JSON for scripts, with nothing in it that would steer a terminal when it is shown. */
export function toSafeJson(value: unknown): string {
  return escapeSteering(JSON.stringify(value, undefined, 2));
}

/** The same JSON, with nothing in it that would steer a terminal: outside its texts it has no such character. */
export function escapeSteering(json: string): string {
  return json.replace(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function cleanUnknown(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanUnknown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cleanUnknown(member)]));
}
