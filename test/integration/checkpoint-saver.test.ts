import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../checkpoints', import.meta.url));
const VITEST = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

describe('both checkpoint savers', () => {
  it("pass LangGraph's validation suite for checkpoint savers, every test of it", () => {
    const run = spawnSync(process.execPath, [VITEST, 'run', '--globals', '--reporter=json', '--root', ROOT], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'] },
      maxBuffer: 64 * 1024 * 1024,
    });
    const report = JSON.parse(run.stdout) as { numTotalTests: number; numPassedTests: number };
    expect(report.numTotalTests).toBeGreaterThan(1_400);
    expect(report.numPassedTests).toBe(report.numTotalTests);
    expect(run.status).toBe(0);
  }, 600_000);
});
