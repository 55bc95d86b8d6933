import { describe, expect, it } from '@jest/globals';
import { NO_AUTONOMY, type PolicyBook } from '../policy-book.ts';
import { compileTeamPolicy } from './compile-team-policy.ts';
import { toPolicyBook } from './to-policy-book.ts';

const SHOP = { namespaces: ['shop'], level: 'act', remediations: ['roll-back'] };
const NODES = { nodes: true, level: 'act', remediations: ['cordon-node'] };

const read = (...autonomy: readonly Record<string, unknown>[]) =>
  compileTeamPolicy({ version: 1, name: 'shop', autonomy }, (text) => text);

function bookOf(...autonomy: readonly Record<string, unknown>[]): PolicyBook {
  const reading = read(...autonomy);
  if (reading.kind === 'invalid') throw new Error(reading.problems.join('\n'));
  return toPolicyBook(reading.policy);
}

describe('what may happen by itself', () => {
  it('is said for each namespace by its own entry', () => {
    const book = bookOf(
      {
        ...SHOP,
        namespaces: ['shop', 'blog'],
        memoryCeiling: '512Mi',
        rolloutWaitMinutes: 3,
        reportTo: ['slack:T1:C1'],
      },
      { namespaces: ['ads', 'shop-test'], level: 'suggest', remediations: ['rerun-job'], attempts: 1 },
    );
    expect(book.autonomyOf('blog')).toEqual({
      level: 'act',
      remediations: ['roll-back'],
      attempts: 3,
      memoryCeilingBytes: 536_870_912,
      rolloutWaitMs: 180_000,
      reportTo: [{ teamId: 'T1', channelId: 'C1' }],
    });
    expect(book.autonomyOf('ads')).toEqual({
      level: 'suggest',
      remediations: ['rerun-job'],
      attempts: 1,
      memoryCeilingBytes: 1_073_741_824,
      rolloutWaitMs: 600_000,
      reportTo: [],
    });
    expect(book.autonomousNamespaces).toEqual(['ads', 'blog', 'shop', 'shop-test']);
  });

  it('is nothing where no entry says so', () => {
    const book = bookOf(SHOP);
    expect(book.autonomyOf('payments')).toEqual(NO_AUTONOMY);
    expect(book.autonomyOf(undefined)).toEqual(NO_AUTONOMY);
    expect(bookOf().autonomyOf('shop')).toEqual(NO_AUTONOMY);
    expect(bookOf().autonomousNamespaces).toEqual([]);
  });

  it('is said for nodes apart from the namespaces', () => {
    const book = bookOf(SHOP, NODES);
    expect(book.autonomyOf(undefined)).toMatchObject({ level: 'act', remediations: ['cordon-node'] });
    expect(book.autonomyOf('shop').remediations).toEqual(['roll-back']);
    expect(bookOf(NODES).autonomyOf('shop')).toEqual(NO_AUTONOMY);
    expect(bookOf(NODES).autonomousNamespaces).toEqual([]);
  });

  it.each<[string, readonly Record<string, unknown>[], RegExp]>([
    [
      'a remediation that there is not',
      [{ ...SHOP, remediations: ['reboot'] }],
      /^autonomy\[0\]\.remediations\[0\]: must be one of roll-back, raise-memory, .*cordon-node$/,
    ],
    ['no remediation', [{ ...SHOP, remediations: [] }], /^autonomy\[0\]\.remediations: /],
    ['the level off', [{ ...SHOP, level: 'off' }], /^autonomy\[0\]\.level: /],
    ['no attempt', [{ ...SHOP, attempts: 0 }], /^autonomy\[0\]\.attempts: /],
    ['more attempts than ten', [{ ...SHOP, attempts: 11 }], /^autonomy\[0\]\.attempts: /],
    [
      'a ceiling that is no amount of memory',
      [{ ...SHOP, memoryCeiling: '2G' }],
      /^autonomy\[0\]\.memoryCeiling: must be an amount of memory such as 512Mi or 2Gi$/,
    ],
    [
      'less time for whoever rolled out than it takes to see that it failed',
      [{ ...SHOP, rolloutWaitMinutes: 1 }],
      /^autonomy\[0\]\.rolloutWaitMinutes: /,
    ],
    [
      'a place for reports that is none',
      [{ ...SHOP, reportTo: ['#shop'] }],
      /^autonomy\[0\]\.reportTo\[0\]: must be a channel or a person such as slack:T1:C1$/,
    ],
    [
      'an entry about nothing',
      [{ ...SHOP, namespaces: [] }],
      /^autonomy\[0\]: must name namespaces, or nodes: true$/,
    ],
    [
      'two entries for one namespace',
      [SHOP, { ...SHOP, namespaces: ['web', 'shop'], level: 'suggest' }],
      /^autonomy\[1\]: namespace shop stands in autonomy\[0\] too; one entry has to say what holds$/,
    ],
    ['two entries for nodes', [NODES, NODES], /^autonomy\[1\]: nodes: true stands in autonomy\[0\] too/],
    [
      'nodes that nothing may be done about',
      [{ ...SHOP, nodes: true }],
      /^autonomy\[0\]: nodes: true allows nothing without cordon-node among the remediations$/,
    ],
    [
      'a cordon without nodes',
      [{ ...SHOP, remediations: ['roll-back', 'cordon-node'] }],
      /^autonomy\[0\]: cordon-node changes nodes; add nodes: true to allow it$/,
    ],
    [
      'namespaces in which nothing is named',
      [{ ...NODES, namespaces: ['shop'] }],
      /^autonomy\[0\]: cordon-node changes no namespace; leave the namespaces out, or name more/,
    ],
  ])('cannot be said with %s', (_name, autonomy, expected) => {
    expect(read(...autonomy)).toEqual({ kind: 'invalid', problems: [expect.stringMatching(expected)] });
  });
});
