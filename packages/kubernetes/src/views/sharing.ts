import { type RawObject, textOf } from './raw-fields.ts';

const MAX_SHARED = 50_000;
const NO_TEXTS: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Keeps one copy of what thousands of objects repeat: label sets, image names, namespaces, resource requests.
 * Bounded: past its limit it forgets everything and starts anew, which costs memory but never correctness.
 */
export class Sharing {
  readonly #texts = new Map<string, string>();
  readonly #values = new Map<string, unknown>();

  text(value: unknown): string {
    const text = textOf(value);
    if (text === '') return '';
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= MAX_SHARED) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }

  /** A record of texts, for example labels or quantities. Numbers become texts; other values are left out. */
  texts(value: unknown): Readonly<Record<string, string>> {
    if (typeof value !== 'object' || value === null) return NO_TEXTS;
    let key = '';
    for (const name in value) key += `${name}\u0000${String((value as RawObject)[name])}\u0001`;
    if (key === '') return NO_TEXTS;
    return this.value(key, () => this.#copy(value as RawObject));
  }

  /** The value that was first made under this key. The key must say everything about the value. */
  value<T>(key: string, make: () => T): T {
    const known = this.#values.get(key);
    if (known !== undefined) return known as T;
    if (this.#values.size >= MAX_SHARED) this.#values.clear();
    const made = make();
    this.#values.set(key, made);
    return made;
  }

  #copy(record: RawObject): Readonly<Record<string, string>> {
    const copy: Record<string, string> = {};
    for (const [name, value] of Object.entries(record)) {
      if (typeof value === 'string' || typeof value === 'number') copy[name] = this.text(String(value));
    }
    return Object.freeze(copy);
  }
}
