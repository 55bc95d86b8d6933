import type { Defect } from '../defect.ts';

const GRAMMAR = 'packages/agents/src/grammar';
const SENTENCE = `${GRAMMAR}/sentence`;
const COMMANDS = 'packages/agents/src/commands';
const UTTERANCES = 'test/utterances';

/** Ways in which a question could become a change, or a change lose what was said with it. */
export const grammarDefects: readonly Defect[] = [
  {
    name: 'a question mark means nothing',
    file: `${SENTENCE}/read-mood.ts`,
    find: "  if (hasQuestionMark) return question('question_mark');\n  const found",
    replace: '  const found',
    suite: UTTERANCES,
  },
  {
    name: 'an order keeps nothing of its "if", "not" and "only"',
    file: `${SENTENCE}/read-mood.ts`,
    find: "if (caution !== undefined && !(caution === 'qualifier' && accountsForAll(found)))",
    replace: 'if (false)',
    suite: SENTENCE,
  },
  {
    name: 'of two orders the first is planned',
    file: `${SENTENCE}/read-mood.ts`,
    find: "if (hasSecondOrder(sentence, after)) return withheld('several_actions', found);",
    replace: '',
    suite: SENTENCE,
  },
  {
    name: 'a word that nobody understood is skipped',
    file: `${SENTENCE}/read-order.ts`,
    find: '(slots.unexplained.length > 0 ? doubtOfRest(slots.unexplained, after) : undefined)',
    replace: 'undefined',
    suite: UTTERANCES,
  },
  {
    name: 'of two objects the first is changed',
    file: `${SENTENCE}/read-order.ts`,
    find: 'if (names.size > 1)',
    replace: 'if (names.size > 99)',
    suite: SENTENCE,
  },
  {
    name: 'of two namespaces the last is taken',
    file: `${SENTENCE}/read-order.ts`,
    find: "namespaces.size > 1 || clusters.size > 1 ? 'several_targets' : undefined",
    replace: "namespaces.size > 99 || clusters.size > 99 ? 'several_targets' : undefined",
    suite: SENTENCE,
  },
  {
    name: 'two fewer are two more',
    file: `${SENTENCE}/read-order.ts`,
    find: "{ kind: 'by', difference: sign * count }",
    replace: "{ kind: 'by', difference: count }",
    suite: UTTERANCES,
  },
  {
    name: 'a condition is no condition',
    file: `${SENTENCE}/find-caution.ts`,
    find: "if (phraseLength(plain, at, CONDITIONS) > 0) return 'condition';",
    replace: '',
    suite: SENTENCE,
  },
  {
    name: 'tomorrow is now',
    file: `${SENTENCE}/find-caution.ts`,
    find: 'isHalfOfDay || phraseLength(plain, at, TIMINGS) > 0 || TIME_UNITS.has(text) || CLOCK.test(text)',
    replace: 'isHalfOfDay',
    suite: SENTENCE,
  },
  {
    name: 'a typed change goes round the grammar of sentences',
    file: `${SENTENCE}/read-typed.ts`,
    find: "parsed.kind === 'intent' && findCommand(parsed.intent.kind)?.tier === 'read' ? parsed : undefined",
    replace: 'parsed',
    suite: 'packages/agents/src/grammar',
  },
  {
    name: 'the beginning of a name is enough to change something',
    file: `${COMMANDS}/find-target.ts`,
    find: "if (target.fit === 'prefix') {",
    replace: "if (target.fit === 'prefix' && false) {",
    suite: COMMANDS,
  },
  {
    name: 'names are offered that the person may not read',
    file: `${COMMANDS}/ask-which.ts`,
    find: '.filter((ref) => readable.has(placeOf(ref)))',
    replace: '',
    suite: COMMANDS,
  },
  {
    name: '"it" is looked for in another namespace than the one that was named',
    file: `${COMMANDS}/find-target.ts`,
    find: '(place.namespace !== undefined && place.namespace !== focus.namespace)',
    replace: 'false',
    suite: COMMANDS,
  },
  {
    name: 'fewer replicas than none',
    file: `${COMMANDS}/resolve-amount.ts`,
    find: 'if (replicas < 0)',
    replace: 'if (replicas < -100_000)',
    suite: COMMANDS,
  },
];
