import { randomBytes } from 'node:crypto';

/** A secret that was planted somewhere, and that must come out nowhere. */
export interface Canary {
  /** Where it was planted, for example `env DB_PASSWORD`. */
  readonly name: string;
  readonly value: string;
}

/** Makes a value that no other text holds. No keyword is in it: only what stands around it says what it is. */
export function aCanary(name: string): Canary {
  const random = randomBytes(9).toString('base64url').replace(/[-_]/g, 'x');
  return { name, value: `Cn9${random}Zq4` };
}

/** A canary in the form of a vendor's token, which its form alone gives away. */
export function aTokenCanary(name: string, prefix: string, length: number): Canary {
  const random = randomBytes(64)
    .toString('hex')
    .replace(/[a-f]/g, (letter) => letter.toUpperCase());
  return { name, value: `${prefix}${random.slice(0, length)}` };
}

/** Every form in which the value may stand in a text: as it is, JSON-escaped, URL-encoded, and in base64 of any alignment. */
export function formsOf(canary: Canary): readonly string[] {
  const known = FORMS.get(canary);
  if (known !== undefined) return known;
  const { value } = canary;
  const escaped = JSON.stringify(value).slice(1, -1);
  const forms = [value, escaped, encodeURIComponent(value), ...base64FormsOf(value)];
  const unique = [...new Set(forms)];
  FORMS.set(canary, unique);
  return unique;
}

const FORMS = new WeakMap<Canary, readonly string[]>();

/** The canaries that a text holds, by name. */
export function canariesIn(text: string, canaries: readonly Canary[]): readonly string[] {
  return canaries
    .filter((canary) => formsOf(canary).some((form) => text.includes(form)))
    .map(({ name }) => name);
}

/** What stays the same of the base64 of any text that holds the value: its middle, at each of three alignments. */
function base64FormsOf(value: string): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const bytes = Buffer.from(`${'\0'.repeat(offset)}${value}`, 'utf8');
    const from = offset === 0 ? 0 : 4;
    const whole = Math.floor(bytes.length / 3) * 4;
    const middle = bytes.toString('base64').slice(from, whole);
    return [middle, middle.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
