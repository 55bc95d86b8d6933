import { join } from 'node:path';
import { openDatabase } from '@jamie/database';
import { createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignedAudit } from '../support/audit/signed-audit.ts';
import { TAMPERINGS } from '../support/audit/tamperings.ts';
import { TrialDice } from '../support/audit/trial-dice.ts';

/** Set AUDIT_SEED to play the same trials again. */
const SEED = Number(process.env['AUDIT_SEED'] ?? Date.now() % 1_000_000_000);
const TRIALS = 1_000;

let directory: TemporaryDirectory;
let audit: SignedAudit;

beforeAll(async () => {
  directory = createTemporaryDirectory();
  audit = await SignedAudit.write(
    openDatabase({ directory: directory.path }),
    directory.path,
    join(directory.path, 'elsewhere'),
  );
});

afterAll(() => {
  audit.close();
  directory.remove();
});

describe(`an audit that somebody changes who has the file and not the key (seed ${SEED})`, () => {
  it('holds as it was written, with and without the heads that are noted elsewhere', async () => {
    expect(await audit.verify('store')).toBeUndefined();
    expect(await audit.verify('store and notes')).toBeUndefined();
  });

  it(`is found wanting in each of ${TRIALS} trials, and the first bad record is named`, async () => {
    const names = Object.keys(TAMPERINGS);
    const trials = new Map<string, number>(names.map((name) => [name, 0]));
    const missed: string[] = [];
    for (let index = 0; index < TRIALS; index += 1) {
      const name = names[index % names.length] ?? '';
      const dice = new TrialDice(SEED + index);
      const { found, expected } = await audit.tryTampering((tampered) => TAMPERINGS[name]?.(tampered, dice));
      trials.set(name, (trials.get(name) ?? 0) + 1);
      if (found === undefined || !expected(found))
        missed.push(`${name}, seed ${SEED + index}: ${JSON.stringify(found)}`);
    }
    expect(missed).toEqual([]);
    expect([...trials.values()].every((count) => count >= 20)).toBe(true);
    const table = [...trials].map(([name, count]) => `  ${String(count).padStart(4)}  ${name}\n`).join('');
    process.stdout.write(`audit tampering, seed ${SEED}: ${TRIALS} trials, 0 missed\n${table}`);
    expect(await audit.verify('store and notes')).toBeUndefined();
  }, 120_000);
});
