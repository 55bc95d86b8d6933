import { describe, expect, it } from '@jest/globals';
import { namesIn } from './names-in.ts';
import { occursIn } from './occurs-in.ts';
import { CASE_FILES, countByCategory, readCases } from './read-cases.ts';
import { readLabel } from './read-label.ts';
import { commandsOf } from './utterance-case.ts';

const cases = readCases();
const all = CASE_FILES.flatMap((file) => cases[file]);

describe('the labels', () => {
  it('are at least 480, a third of each category held back', () => {
    const heldBack = countByCategory(cases['held-back']);
    expect(all.length).toBeGreaterThanOrEqual(480);
    for (const [category, count] of countByCategory(all)) {
      const held = heldBack.get(category);
      expect({ category, held }).toEqual({ category, held: Math.round(count / 3) });
    }
  });

  it('are commands, and name nothing that was not said', () => {
    const unsaid = all.flatMap((utterance) =>
      commandsOf(utterance)
        .flatMap((command) => namesIn(readLabel(command)))
        .filter((name) => !occursIn(utterance.say, name))
        .map((name) => ({ id: utterance.id, name })),
    );
    expect(unsaid).toEqual([]);
  });
});
