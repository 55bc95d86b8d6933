import type { PublicKey } from '@jamie/core';
import { FakeSigner } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuditWorld, sha256 } from './audit-world.fixture.ts';
import { type ExportRange, exportAudit } from './export-audit.ts';
import { verifyExport } from './verify-export.ts';

const HOUR_MS = 3_600_000;

let world: AuditWorld;
let startedAt: number;

beforeEach(() => {
  world = new AuditWorld();
  startedAt = world.clock.now();
});

afterEach(() => world.destroy());

/** Two records and a head an hour: numbers 1 and 2 at the beginning, 3 and 4 an hour later. */
async function live(hours: number, retentionDays?: number): Promise<void> {
  const keeper = world.keeper({ ...(retentionDays !== undefined && { retentionDays }) });
  for (let hour = 0; hour < hours; hour += 1) {
    await world.append(2);
    await keeper.sweep();
    await world.clock.advance(HOUR_MS);
  }
}

async function exportOf(range: Omit<ExportRange, 'by'> = {}): Promise<readonly string[]> {
  const lines: string[] = [];
  const exporting = { ...world.keeping(), keys: world.signer };
  for await (const line of exportAudit(exporting, { by: 'local', ...range })) lines.push(line.trimEnd());
  return lines;
}

async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

function verify(lines: readonly string[], trustedKeyId?: string) {
  const createKeyRing = (keys: readonly PublicKey[]) => {
    const [first = { keyId: 'none' }, ...others] = keys;
    return new FakeSigner(
      first.keyId,
      others.map(({ keyId }) => keyId),
    );
  };
  return verifyExport(linesOf(lines), {
    digest: sha256,
    createKeyRing,
    ...(trustedKeyId !== undefined && { trustedKeyId }),
  });
}

function numbersOf(lines: readonly string[]): readonly number[] {
  return lines.flatMap((line) => {
    const parsed = JSON.parse(line) as { kind: string; record?: { sequence: number } };
    return parsed.record === undefined ? [] : [parsed.record.sequence];
  });
}

describe('exportAudit', () => {
  it('writes everything, the export itself included, and signs its end', async () => {
    await live(3);
    const lines = await exportOf();
    expect(numbersOf(lines)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await verify(lines)).toMatchObject({
      kind: 'verified',
      isPart: false,
      walked: { records: 7, signedUpTo: 7 },
    });
    const [told] = await world.store.listAudit(6, 1);
    expect(told?.entry).toMatchObject({ kind: 'audit.exported', actor: 'local' });
  });

  it('takes a part out, up to a signed head', async () => {
    await live(6);
    const range = { since: startedAt + HOUR_MS, until: startedAt + 3 * HOUR_MS - 1 };
    const lines = await exportOf(range);
    expect(numbersOf(lines)).toEqual([3, 4, 5, 6]);
    expect(await verify(lines)).toMatchObject({ isPart: true, walked: { signedUpTo: 6 } });
    await expect(exportOf({ until: startedAt - 1 })).rejects.toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  });

  it.each([
    ['all of it', () => ({})],
    ['a part from the first record on', (at: number) => ({ since: at })],
    ['a part up to the first records', (at: number) => ({ until: at })],
  ])('lets others have their turn after every page of %s', async (_what, rangeOf) => {
    await world.append(10);
    await world.clock.advance(HOUR_MS);
    await world.append(1_500);
    let pages = 0;
    let most = 0;
    const counted = new Set(['listAudit', 'listRecentAudit']);
    const store = new Proxy(world.store, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== 'function') return member;
        if (counted.has(String(name))) {
          pages += 1;
          most = Math.max(most, pages);
        }
        return member.bind(target);
      },
    });
    let isOver = false;
    const others = (async () => {
      while (!isOver) {
        await new Promise(setImmediate);
        pages = 0;
      }
    })();
    const exporting = { ...world.keeping(), store, keys: world.signer };
    try {
      for await (const line of exportAudit(exporting, { by: 'local', ...rangeOf(startedAt) }))
        expect(line).not.toBe('');
    } finally {
      isOver = true;
      await others;
    }
    // One page of two loops may meet: the last of the one and the first of the other.
    expect(most).toBeLessThanOrEqual(3);
  });

  it('says what was removed and proves the rest', async () => {
    await live(60, 1);
    const finding = await verify(await exportOf());
    expect(finding).toMatchObject({ kind: 'verified', walked: { removed: 48 } });
    expect(finding).not.toHaveProperty('fault');
  });

  it('trusts one key alone where it is told which', async () => {
    await live(2);
    const lines = await exportOf();
    expect(await verify(lines, world.signer.keyId)).not.toHaveProperty('fault');
    expect(await verify(lines, '00000000000000ff')).toMatchObject({ fault: { reason: 'head_key_unknown' } });
  });

  it('shows any line that was taken out, doubled, moved or cut off', async () => {
    await live(4);
    const lines = await exportOf();
    const place = fc.nat({ max: lines.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        place,
        place,
        fc.constantFrom('drop', 'double', 'swap', 'cut'),
        async (one, other, how) => {
          const tampered = {
            drop: () => lines.toSpliced(one, 1),
            double: () => lines.toSpliced(one, 0, lines[one] ?? ''),
            swap: () => lines.with(one, lines[other] ?? '').with(other, lines[one] ?? ''),
            cut: () => lines.slice(0, one),
          }[how]();
          fc.pre(how !== 'swap' || one !== other);
          const finding = await verify(tampered);
          expect(finding.kind === 'not_an_export' || finding.fault !== undefined).toBe(true);
        },
      ),
    );
  });

  it('shows any changed character', async () => {
    await live(3);
    const text = (await exportOf()).join('\n');
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: text.length - 1 }),
        fc.constantFrom('0', 'a', 'Z', '~'),
        async (at, with_) => {
          fc.pre(text[at] !== with_ && text[at] !== '\n');
          // The public keys are spelt in PEM, which these signatures of a fake do not look at.
          fc.pre(!text.slice(Math.max(0, at - 40), at + 40).includes('public key'));
          const finding = await verify(`${text.slice(0, at)}${with_}${text.slice(at + 1)}`.split('\n'));
          expect(finding.kind === 'not_an_export' || finding.fault !== undefined).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
