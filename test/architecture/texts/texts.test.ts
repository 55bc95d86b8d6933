import { describe, expect, it } from '@jest/globals';
import { isProductCode, listFiles, readFile } from '../tracked-files.ts';
import { collectTexts } from './collect-texts.ts';
import { checkText, type Violation } from './text-rules.ts';

/** Everything but the simulated API server, which speaks as the real one does, and test doubles. */
const READABLE = /^(?:packages\/(?!demo-cluster\/|testing\/)|apps\/)/;
/** Words that a parser reads and nobody is shown. */
const WORD_LISTS =
  /^packages\/agents\/src\/(?:grammar\/(?:parse-sentence\.ts|sentence\/)|model\/claims\/ordinary-words\.ts)/;

const files = listFiles((path) => isProductCode(path) && READABLE.test(path) && !WORD_LISTS.test(path));
const texts = files.flatMap((path) => collectTexts(path, readFile(path)));

function violationsIn(
  content: string,
  path = 'packages/agents/src/commands/seeded.ts',
): readonly Violation[] {
  return collectTexts(path, content).flatMap(checkText);
}

describe('the texts that people read', () => {
  it('keep the rules of how we write', () => {
    const violations = texts.flatMap(checkText);
    expect(
      violations.map(({ rule, where, found, text }) => `${where} ${rule}: ${found}, in: ${text}`),
    ).toEqual([]);
  });

  it('are found, headlines among them', () => {
    expect(texts.length).toBeGreaterThan(1_000);
    expect(texts.filter(({ isHeadline }) => isHeadline).length).toBeGreaterThan(50);
  });
});

describe('checkText', () => {
  const seeds: readonly (readonly [rule: string, found: string, content: string])[] = [
    ['banned word', 'Sorry', `const lines = ['Sorry, the cluster does not answer.'];`],
    ['banned word', 'please', `const mend = \`Set \${name}, please.\`;`],
    ['banned word', 'Something went wrong', `throw new OpsError('internal', 'Something went wrong');`],
    ['American spelling', 'canceled', `const reason = 'The plan was canceled.';`],
    ['American spelling', 'authorizer', `const why = "the cluster's authorizer said no";`],
    ['American spelling', 'color', `const text = 'A color for each state';`],
    ['exclamation mark', 'e!', `const done = 'All done!';`],
    ['exclamation mark', '…!', `const hello = \`Hello there, \${name}!\`;`],
    ['position reference', 'above', `const hint = 'Use the button above.';`],
    ['position reference', 'see left', `const hint = 'For more, see left.';`],
    ['first line carries the point', 'ends as no sentence', `return answer('No pod is ready');`],
    ['first line carries the point', 'begins with "Here is"', `return answer('Here is what I found.');`],
    ['first line carries the point', 'longer than 150 characters', `return refusal('${'x'.repeat(150)}.');`],
  ];

  it.each(seeds)('finds a %s: %s', (rule, found, content) => {
    expect(violationsIn(content)).toMatchObject([{ rule, found }]);
  });

  it('finds what stands in the markup of the page', () => {
    const content =
      'const view = <button className="color center" title="Oops, gone">Try again, please</button>;';
    expect(violationsIn(content, 'apps/web/src/view.tsx').map(({ found }) => found)).toEqual([
      'Oops',
      'please',
    ]);
  });

  it('follows a headline to the names and functions that it comes from', () => {
    const content = `
      function headlineOf(count: number) {
        if (count === 0) return 'Nothing here';
        return count === 1 ? 'One pod.' : \`\${count} pods\`;
      }
      const reply = { tone: 'answer', headline: headlineOf(2) };
      const other = 'Well, it depends.';
      answer(other);
    `;
    expect(violationsIn(content).map(({ found }) => found)).toEqual([
      'ends as no sentence',
      'ends as no sentence',
      'begins with "Well"',
    ]);
  });

  it.each([
    ['names of code and of others', `const a = 'Send it as Authorization: Bearer TOKEN';`],
    ['options and variables', `const a = 'Give it --color or set NO_COLOR to any value';`],
    ['names of Kubernetes', `const a = 'The condition ContainersNotInitialized stands';`],
    ['comparisons and negations in code', `const a = 'a != b' + (name === 'sorry, no');`],
    ['keys and imports', `import { x } from './please simply.ts'; const a = { 'just a key': 1 };`],
    ['words that have a z everywhere', `const a = 'The size of a resized prize';`],
    ['the title of a plan', `const a = { tone: 'answer', headline: 'Scale it', planId };`],
  ])('lets %s be', (_what, content) => {
    expect(violationsIn(content)).toEqual([]);
  });
});
