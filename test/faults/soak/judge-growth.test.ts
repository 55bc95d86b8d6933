import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { diceOf } from '../quick/dice.ts';
import { type GrowthLimits, judgeGrowth, type ProcessSample } from './judge-growth.ts';
import { ProcessWatch } from './process-watch.ts';

const MEBIBYTE = 1_024 ** 2;
const MINUTE_MS = 60_000;
const LIMITS: GrowthLimits = { leastLifeMs: 4 * MINUTE_MS, memoryBytes: 40 * MEBIBYTE, files: 8 };

/** Ten minutes of a process whose memory rises and falls like a saw, and whose sockets come and go. */
function aLife(seed: number, leakPerMinute: { readonly mebibytes?: number; readonly files?: number } = {}) {
  const dice = diceOf('life', seed);
  return Array.from({ length: 600 }, (_, second): ProcessSample => {
    const warmUp = Math.min(second, 60);
    const saw = (second % dice.between(50, 60)) * 0.6;
    const minutes = second / 60;
    const mebibytes = 200 + warmUp + saw + dice.between(0, 8) + minutes * (leakPerMinute.mebibytes ?? 0);
    return {
      atMs: second * 1_000,
      rssBytes: mebibytes * MEBIBYTE,
      openFiles: Math.round(45 + dice.between(-8, 16) + minutes * (leakPerMinute.files ?? 0)),
    };
  });
}

describe('judgeGrowth', () => {
  it('finds nothing in twenty lives that keep nothing', () => {
    const verdicts = Array.from({ length: 20 }, (_, seed) => judgeGrowth(aLife(seed), LIMITS).kind);
    expect(new Set(verdicts)).toEqual(new Set(['level']));
  });

  it('finds a leak of memory in each of twenty lives', () => {
    const verdicts = Array.from({ length: 20 }, (_, seed) =>
      judgeGrowth(aLife(seed, { mebibytes: 16 }), LIMITS),
    );
    for (const verdict of verdicts)
      expect(verdict).toMatchObject({ kind: 'growing', reason: expect.stringMatching(/^memory grew by/) });
  });

  it('finds a leak of open files in each of twenty lives', () => {
    const verdicts = Array.from({ length: 20 }, (_, seed) => judgeGrowth(aLife(seed, { files: 6 }), LIMITS));
    for (const verdict of verdicts)
      expect(verdict).toMatchObject({
        kind: 'growing',
        reason: expect.stringMatching(/^open files grew by/),
      });
  });

  it('leaves the warm-up out', () => {
    const life = aLife(1).map((sample) =>
      sample.atMs < 3 * MINUTE_MS ? { ...sample, rssBytes: 20 * MEBIBYTE } : sample,
    );
    expect(judgeGrowth(life, LIMITS).kind).toBe('level');
  });

  it('judges no life that is shorter than the limit, and none without samples', () => {
    const short = aLife(1, { mebibytes: 1_000 }).slice(0, 200);
    expect(judgeGrowth(short, LIMITS).kind).toBe('too_short');
    expect(judgeGrowth([], LIMITS).kind).toBe('too_short');
  });

  it('tells the slope as what an hour would bring', () => {
    const verdict = judgeGrowth(aLife(3, { mebibytes: 60 }), LIMITS);
    const perHour = verdict.kind === 'too_short' ? 0 : verdict.rssBytesPerHour / MEBIBYTE;
    expect(Math.round(perHour / 300)).toBe(60 / 5);
  });
});

const LEAKING = fileURLToPath(new URL('./leaking.entry.ts', import.meta.url));
const STEPS = 90;
const STEP_MS = 1_000;

/** The life of a real process, in little: one sample for each step that it takes. */
async function lifeOf(what: 'memory' | 'files' | 'nothing'): Promise<readonly ProcessSample[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', LEAKING, what], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const watch = new ProcessWatch();
  try {
    for (let step = 0; step < STEPS; step += 1) {
      const taken = once(child, 'message');
      child.send('step');
      await taken;
      watch.look('child', child.pid ?? 0, step * STEP_MS);
    }
    return watch.lives[0]?.samples ?? [];
  } finally {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

describe('judgeGrowth on a real process', () => {
  const limits: GrowthLimits = { leastLifeMs: STEP_MS, memoryBytes: 16 * MEBIBYTE, files: 8 };

  it.each(['memory', 'files'] as const)('notices one that keeps %s', async (what) => {
    expect(judgeGrowth(await lifeOf(what), limits).kind).toBe('growing');
  });

  it('leaves one alone that gives back what it takes', async () => {
    const most = { ...limits, memoryBytes: 64 * MEBIBYTE };
    expect(judgeGrowth(await lifeOf('nothing'), most).kind).toBe('level');
  });
});
