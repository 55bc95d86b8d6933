import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Container } from '../objects.ts';
import type { Life } from './container-record.ts';
import { ownUsageOf, sumUsage, usageOf } from './usage.ts';

const MEBIBYTE = 1024 ** 2;
const NOW = Date.UTC(2026, 0, 5, 9);

function containerWith(limits: Readonly<Record<string, string>>): Container {
  return { name: 'web', image: 'web:1', resources: { requests: { cpu: '200m' }, limits } };
}

function lifeOf(memoryMebibytes: number, agoMs = 3_600_000): Life {
  const run = { startupMs: 6_000, memoryBytes: memoryMebibytes * MEBIBYTE, output: [] };
  return { run, scale: 1, startedAt: NOW - agoMs };
}

describe('usageOf', () => {
  it('is the same for the same container at the same moment, and another for another', () => {
    const [container, life] = [containerWith({}), lifeOf(100)];
    expect(usageOf(container, life, 'a', NOW)).toEqual(usageOf(container, life, 'a', NOW));
    expect(usageOf(container, life, 'a', NOW)).not.toEqual(usageOf(container, life, 'b', NOW));
  });

  it('comes close to the limit where the program needs more, and never above it', () => {
    const usage = usageOf(containerWith({ memory: '256Mi' }), lifeOf(410, 7_000), 'a', NOW);
    expect(usage.memoryBytes).toBeGreaterThan(0.95 * 256 * MEBIBYTE);
    expect(usage.memoryBytes).toBeLessThan(256 * MEBIBYTE);
  });

  it('grows while the program starts', () => {
    const at = (agoMs: number) => usageOf(containerWith({}), lifeOf(400, agoMs), 'a', NOW).memoryBytes;
    expect(at(1_000)).toBeLessThan(at(3_000));
    expect(at(3_000)).toBeLessThan(at(6_000));
  });

  it('stays within requests and limits that people would believe', () => {
    const property = fc.property(
      fc.string(),
      fc.nat(1_000_000_000),
      fc.integer({ min: 1, max: 4_000 }),
      (key, laterMs, mebibytes) => {
        const container = containerWith({ memory: '1Gi', cpu: '100m' });
        const usage = usageOf(container, lifeOf(mebibytes), key, NOW + laterMs);
        expect(usage.memoryBytes).toBeGreaterThan(0);
        expect(usage.memoryBytes).toBeLessThan(1024 * MEBIBYTE);
        expect(usage.cpuNanocores).toBeGreaterThan(0);
        expect(usage.cpuNanocores).toBeLessThanOrEqual(100e6);
      },
    );
    fc.assert(property);
  });

  it('uses something even without requests and limits', () => {
    const usage = usageOf({ name: 'web', image: 'web:1' }, lifeOf(24), 'a', NOW);
    expect([usage.cpuNanocores > 0, usage.memoryBytes > 20 * MEBIBYTE]).toEqual([true, true]);
  });
});

describe('sumUsage', () => {
  it('adds up', () => {
    const own = ownUsageOf('worker-1');
    expect(sumUsage([own, { cpuNanocores: 1, memoryBytes: 2 }])).toEqual({
      cpuNanocores: own.cpuNanocores + 1,
      memoryBytes: own.memoryBytes + 2,
    });
    expect(sumUsage([])).toEqual({ cpuNanocores: 0, memoryBytes: 0 });
  });
});
