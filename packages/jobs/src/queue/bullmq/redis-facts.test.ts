import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeRedis, readRedisFacts } from './redis-facts.ts';

describe('readRedisFacts', () => {
  it('finds the two settings among everything that INFO says', () => {
    const info =
      '# Memory\r\nused_memory:900\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction\r\n\r\n# Persistence\r\nloading:0\r\naof_enabled:1\r\naof_rewrite_in_progress:0\r\n';
    expect(readRedisFacts(info)).toEqual({ evictionPolicy: 'noeviction', appendsToFile: true });
  });

  it('says of neither what the server does not say', () => {
    expect(readRedisFacts('# Server\r\nredis_version:7.0.15\r\n')).toEqual({
      evictionPolicy: undefined,
      appendsToFile: undefined,
    });
  });
});

describe('judgeRedis', () => {
  it('takes a server that throws nothing away and writes everything down', () => {
    expect(judgeRedis({ evictionPolicy: 'noeviction', appendsToFile: true })).toEqual({ kind: 'sound' });
  });

  it.each(['allkeys-lru', 'allkeys-lfu', 'allkeys-random', 'volatile-lru', 'volatile-ttl'])(
    'refuses %s, with or without a file',
    (policy) => {
      for (const appendsToFile of [true, false, undefined]) {
        expect(judgeRedis({ evictionPolicy: policy, appendsToFile })).toEqual({
          kind: 'refused',
          reason: 'evicts',
          policy,
        });
      }
    },
  );

  it('warns of a server that loses everything in a restart', () => {
    expect(judgeRedis({ evictionPolicy: 'noeviction', appendsToFile: false })).toEqual({
      kind: 'at_risk',
      reason: 'no_append_file',
    });
  });

  it('calls sound only what said both', () => {
    const said = fc.record({
      evictionPolicy: fc.option(fc.constantFrom('noeviction', 'allkeys-lru'), { nil: undefined }),
      appendsToFile: fc.option(fc.boolean(), { nil: undefined }),
    });
    fc.assert(
      fc.property(said, (facts) => {
        const isSound = facts.evictionPolicy === 'noeviction' && facts.appendsToFile === true;
        expect(judgeRedis(facts).kind === 'sound').toBe(isSound);
      }),
    );
  });
});
