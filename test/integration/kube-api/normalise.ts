/** What differs from run to run, and the word that stands for it in a recording. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<uid>'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<time>'],
  [/\b10\.\d+\.\d+\.\d+\b/g, '<address>'],
  [/\bv1\.\d+\.\d+\S*/g, '<version>'],
  [/too old resource version: \d+ \(\d+\)/g, 'too old resource version: <old> (<new>)'],
  [/ResourceVersion in (the precondition|record) \(\d+\)/g, 'ResourceVersion in $1 (<resourceVersion>)'],
  // Names made from a template hash, and from that and a random end.
  [/\b([a-z][a-z-]*)-[0-9a-f]{7,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '$1-<hash>-<random>'],
  [/\b([a-z][a-z-]*)-(?=[0-9a-z]*\d)[0-9a-z]{7,10}\b/g, '$1-<hash>'],
];

/** The same value with everything that differs from run to run replaced by a word. */
export function normalise(value: unknown): unknown {
  if (typeof value === 'string') {
    return VARIABLE.reduce((text, [pattern, word]) => text.replaceAll(pattern, word), value);
  }
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, STAMPS[key] ?? normalise(member)]),
  );
}

/** Members whose whole value is made by the server. */
const STAMPS: Readonly<Record<string, string>> = {
  uid: '<uid>',
  resourceVersion: '<resourceVersion>',
  'pod-template-hash': '<hash>',
};
