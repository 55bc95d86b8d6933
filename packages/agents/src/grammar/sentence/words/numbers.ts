const ONES =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';

/** Numbers in words, and how people misspell them. */
export const NUMBERS: ReadonlyMap<string, number> = new Map([
  ...ONES.split(' ').map((word, index) => [word, index] as const),
  ...TENS.split(' ').map((word, index) => [word, (index + 2) * 10] as const),
  ...([
    ['nil', 0],
    ['nought', 0],
    ['naught', 0],
    ['none', 0],
    ['nothing', 0],
    ['single', 1],
    ['tow', 2],
    ['tree', 3],
    ['fourty', 40],
    ['fiv', 5],
    ['fvie', 5],
    ['fife', 5],
    ['sevn', 7],
    ['seve', 7],
    ['eigth', 8],
    ['eigt', 8],
    ['nien', 9],
    ['twelf', 12],
    ['dozen', 12],
    ['hundred', 100],
  ] as const),
]);

/** How many units one such word says. */
export const TENS_WORDS: ReadonlySet<string> = new Set(TENS.split(' '));

/** Words that make a number of replicas vague. */
export const VAGUE_WORDS: ReadonlySet<string> = new Set(
  `about around roughly approximately approx circa nearly almost some few several many bit little lot lots enough maximum max
  minimum min between least most necessary appropriate sensible reasonable plenty couple needed more fewer less extra additional
  bigger smaller loads tons percent pair minus plus negative much higher lower`.split(/\s+/),
);

/** What is counted when replicas are. */
export const UNIT_WORDS: ReadonlySet<string> = new Set(
  `replica replicas pod pods instance instances copy copies replika repliken réplica réplicas réplique répliques repliche
  replicates container containers worker workers`.split(/\s+/),
);
