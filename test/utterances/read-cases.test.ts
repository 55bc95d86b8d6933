import { describe, expect, it } from '@jest/globals';
import { namesIn } from './names-in.ts';
import { occursIn } from './occurs-in.ts';
import { CASE_FILES, countByCategory, isHeldBack, readCases } from './read-cases.ts';
import { readLabel } from './read-label.ts';
import { commandsOf } from './utterance-case.ts';

const cases = readCases();
const all = CASE_FILES.flatMap((file) => cases[file]);

describe('the labels', () => {
  it('are at least 880, about a third of each category held back', () => {
    const heldBack = countByCategory(CASE_FILES.filter(isHeldBack).flatMap((file) => cases[file]));
    expect(all.length).toBeGreaterThanOrEqual(880);
    for (const [category, count] of countByCategory(all)) {
      const share = (heldBack.get(category) ?? 0) / count;
      expect({ category, isAThird: share > 0.28 && share < 0.36 }).toEqual({ category, isAThird: true });
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
