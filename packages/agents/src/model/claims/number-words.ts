const WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** Numbers as words, each with the digits that must stand in the evidence. Empty: no digits can stand for it. */
export const NUMBER_WORDS: ReadonlyMap<string, string> = new Map([
  ...WORDS.map((word, value): [string, string] => [word, String(value)]),
  ...(
    [
      ['thirty', '30'],
      ['forty', '40'],
      ['fifty', '50'],
      ['sixty', '60'],
      ['seventy', '70'],
      ['eighty', '80'],
      ['ninety', '90'],
      ['hundred', '100'],
      ['thousand', '1000'],
      ['million', '1000000'],
      ['dozen', '12'],
      ['once', '1'],
      ['twice', '2'],
      ['thrice', '3'],
      ['half', ''],
      ['quarter', ''],
      ['third', ''],
      ['double', ''],
      ['triple', ''],
      ['hundreds', ''],
      ['thousands', ''],
      ['dozens', ''],
    ] as const
  ).map(([word, digits]): [string, string] => [word, digits]),
]);

const UNITS: readonly (readonly [string, RegExp])[] = [
  ['ms', /^(?:ms|millis(?:econds?)?|milliseconds?)$/],
  ['s', /^(?:s|secs?|seconds?)$/],
  ['min', /^(?:m|mins?|minutes?)$/],
  ['h', /^(?:h|hrs?|hours?)$/],
  ['d', /^(?:d|days?)$/],
  ['week', /^weeks?$/],
  ['%', /^(?:%|percent|pct)$/],
  ['Ki', /^(?:ki|kib)$/],
  ['Mi', /^(?:mi|mib)$/],
  ['Gi', /^(?:gi|gib)$/],
  ['Ti', /^(?:ti|tib)$/],
  ['kB', /^(?:k|kb)$/],
  ['MB', /^(?:mb|megabytes?)$/],
  ['GB', /^(?:g|gb|gigabytes?)$/],
  ['B', /^(?:b|bytes?)$/],
  ['cores', /^(?:cores?|cpus?)$/],
  ['millicores', /^millicores?$/],
];

/** The unit that a word is, in one spelling; undefined: the word is no unit. */
export function unitOf(word: string): string | undefined {
  const lower = word.toLowerCase();
  return UNITS.find(([, pattern]) => pattern.test(lower))?.[0];
}
