import type { Defect } from '../defect.ts';

const GRAMMAR = 'packages/agents/src/grammar';
const OPERATION = `${GRAMMAR}/sentence/operation`;
const CHANGES = 'packages/agents/src/commands/changes';
const MANIFESTS = 'packages/agents/src/manifests';

/** Ways in which the words of an operation could come to mean another one, or another object. */
export const grammarOperationsDefects: readonly Defect[] = [
  {
    name: 'a word that nobody understood is left out of an operation',
    file: `${OPERATION}/read-operation.ts`,
    find: 'if (slots.unexplained.length > 0 || slots.amounts.length > 0 || slots.revisions.length > 0)',
    replace: 'if (slots.amounts.length > 0 || slots.revisions.length > 0)',
    suite: OPERATION,
  },
  {
    name: 'of two nodes the first is drained',
    file: `${OPERATION}/read-operation.ts`,
    find: "  if (names.size > 1 || slots.joiners.length > 0) return 'several_targets';\n",
    replace: '',
    suite: OPERATION,
  },
  {
    name: 'every node means one node',
    file: `${OPERATION}/read-operation.ts`,
    find: "  if (findPhrase(sentence.plain, ALL_WORDS, at) !== -1) return 'several_targets';\n",
    replace: '',
    suite: OPERATION,
  },
  {
    name: 'anything that is put back is uncordoned',
    file: `${OPERATION}/find-evidence.ts`,
    find: "return kind === 'node' || parts.some((part) => part.isNode === true);",
    replace: 'return true;',
    suite: OPERATION,
  },
  {
    name: 'bounds are taken in any order',
    file: `${OPERATION}/operation-intent.ts`,
    find: 'first <= second && ends.size !== 1',
    replace: 'ends.size !== 1',
    suite: OPERATION,
  },
  {
    name: 'a limit that was named becomes the request as well',
    file: `${OPERATION}/operation-intent.ts`,
    find: 'const isBoth = of.size !== 1;',
    replace: 'const isBoth = true;',
    suite: OPERATION,
  },
  {
    name: 'a tag loses its capitals',
    file: `${OPERATION}/operation-values.ts`,
    find: "return part === undefined ? '' : text.slice(part.start, part.end);",
    replace: "return part === undefined ? '' : text.slice(part.start, part.end).toLowerCase();",
    suite: OPERATION,
  },
  {
    name: 'a thousandth of a CPU is taken for a time',
    file: `${GRAMMAR}/sentence/read-mood.ts`,
    find: "if (verb.command !== 'resize') return sentence;",
    replace: 'if (verb.command !== undefined) return sentence;',
    suite: OPERATION,
  },
  {
    name: 'a CronJob is resumed like a Deployment',
    file: `${CHANGES}/operation-named.ts`,
    find: "kind: target.kind === 'CronJob' ? 'unsuspend' : 'resume', target",
    replace: "kind: 'resume', target",
    suite: CHANGES,
  },
  {
    name: 'of namesakes the first is changed',
    file: `${CHANGES}/find-operand.ts`,
    find: 'if (only !== undefined && others.length === 0)',
    replace: 'if (only !== undefined && others.length >= 0)',
    suite: CHANGES,
  },
  {
    name: 'names of what nobody may read are told',
    file: 'packages/agents/src/commands/ask-which.ts',
    find: 'rights[index] === true ? [place] : []',
    replace: '[place]',
    suite: CHANGES,
  },
  {
    name: 'what was redacted is applied',
    file: `${MANIFESTS}/read-manifests.ts`,
    find: 'if (text.includes(REDACTED))',
    replace: 'if (text === REDACTED)',
    suite: MANIFESTS,
  },
  {
    name: 'a manifest may be nested as deeply as it likes',
    file: `${MANIFESTS}/check-shape.ts`,
    find: 'if (depth.open > MAX_DEPTH || depth.dashes > MAX_DEPTH || isWideIndent(token))',
    replace: 'if (depth.open > MAX_DEPTH * 100_000)',
    suite: MANIFESTS,
  },
  {
    name: 'the namespace of a command loses against that of a manifest',
    file: 'packages/agents/src/commands/apply.ts',
    find: 'if (said !== undefined && own !== undefined && own !== said)',
    replace: 'if (said !== undefined && own === undefined && own !== said)',
    suite: CHANGES,
  },
];
