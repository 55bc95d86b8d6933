import { describe, expect, it } from '@jest/globals';
import { compareEffects } from './compare-effects.ts';
import { playRun } from './play-run.ts';
import { listRuns, loadRun } from './run-files.ts';
import { RUN_FORMAT, readRun } from './run-format.ts';

describe('recorded runs', () => {
  it('are at least twelve', () => {
    expect(listRuns().length).toBeGreaterThanOrEqual(12);
  });

  it.each(listRuns())('replays %s with the same decisions', async (name) => {
    const run = loadRun(name);
    expect(compareEffects(run, await playRun(run))).toEqual([]);
  });

  it('says which effect of which step differs', async () => {
    const run = loadRun('question');
    const played = await playRun(run);
    const effects = played.map(({ messages = [], ...rest }) => ({
      ...rest,
      ...(messages.length > 0 && {
        messages: messages.map((each) => ({ ...each, headline: 'All is well.' })),
      }),
    }));
    expect(compareEffects(run, effects)).toEqual([
      expect.stringMatching(
        /^step 1 \(work\) \/messages\/0\/headline: recorded ".*", replayed "All is well\."$/,
      ),
    ]);
  });

  it('refuses a run of a format that it does not know', () => {
    const other = JSON.stringify({ ...loadRun('question'), format: RUN_FORMAT + 1 });
    expect(() => readRun('question', other)).toThrow(/run format 2; this program replays format 1/);
    expect(() => readRun('question', JSON.stringify({ format: 1, about: '', steps: [] }))).toThrow();
  });
});
