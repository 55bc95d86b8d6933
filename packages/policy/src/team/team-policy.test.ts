import { createHash } from 'node:crypto';
import { RISK_TIERS } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OperationFacts } from '../operation-facts.ts';
import type { PolicyDecision } from '../policy-book.ts';
import { assessRisk } from '../risk.ts';
import { compileTeamPolicy } from './compile-team-policy.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { decideByPolicy } from './decide-by-policy.ts';
import { OPERATION_KINDS } from './operation-kinds.ts';
import { factsOf, runPolicyTests } from './run-policy-tests.ts';
import { type GivenFacts, givenFactsSchema } from './team-policy-schema.ts';
import { toPolicyBook } from './to-policy-book.ts';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

function compile(over: Record<string, unknown>): CompiledPolicy {
  const reading = compileTeamPolicy({ version: 1, name: 'shop', ...over }, digest);
  if (reading.kind === 'invalid') throw new Error(reading.problems.join('\n'));
  return reading.policy;
}

function problemsOf(over: Record<string, unknown>): readonly string[] {
  const reading = compileTeamPolicy({ version: 1, name: 'shop', ...over }, digest);
  return reading.kind === 'invalid' ? reading.problems : [];
}

function facts(given: Partial<GivenFacts> = {}): OperationFacts {
  return factsOf(givenFactsSchema.parse({ operations: ['scale'], ...given }));
}

const decide = (over: Record<string, unknown>, given?: Partial<GivenFacts>): PolicyDecision =>
  decideByPolicy(compile(over), facts(given)).decision;

describe('a team policy', () => {
  it('changes nothing where it says nothing', () => {
    expect(decide({})).toEqual({ kind: 'allow', risk: assessRisk(facts()), rules: [] });
  });

  it.each<[string, Record<string, unknown>, Partial<GivenFacts>, string]>([
    [
      'in a protected namespace',
      { protectedNamespaces: ['payments'] },
      { namespace: 'payments' },
      'protected-namespaces',
    ],
    ['of an operation that is not allowed', { allowedOperations: ['restart'] }, {}, 'allowed-operations'],
    [
      'during a freeze',
      { freezes: [{ name: 'sale', from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' }] },
      {},
      'sale',
    ],
    [
      'outside its maintenance window',
      {
        maintenanceWindows: [
          { name: 'night', when: 'environment == "production"', from: '22:00', until: '04:00' },
        ],
      },
      {},
      'night',
    ],
    [
      'with an image from elsewhere',
      { imageRegistries: ['registry.example.com/'] },
      { operations: ['set_image'], images: ['evil.example.com/app:1'] },
      'image-registries',
    ],
    [
      'with an image of a host that only begins alike',
      { imageRegistries: ['registry.example.com'] },
      { operations: ['set_image'], images: ['registry.example.com.evil.io/app:1'] },
      'image-registries',
    ],
    ['above the replica ceiling', { replicaCeiling: 5 }, { wantedReplicas: 6 }, 'replica-ceiling'],
    [
      'by a rule of its own',
      { rules: [{ name: 'no-fridays', when: 'now.getDayOfWeek() == 4', deny: 'Not on a Thursday.' }] },
      {},
      'no-fridays',
    ],
  ])('refuses a change %s, and names the rule', (_name, over, given, rule) => {
    expect(decide(over, given)).toMatchObject({ kind: 'deny', rule, message: expect.stringMatching(/\.$/) });
  });

  it.each<[string, Record<string, unknown>, Partial<GivenFacts>]>([
    ['in another namespace', { protectedNamespaces: ['payments'] }, { namespace: 'shop' }],
    [
      'that takes back another one during a freeze',
      { freezes: [{ name: 'sale', from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' }] },
      { isWayBack: true },
    ],
    [
      'after the freeze',
      { freezes: [{ name: 'sale', from: '2026-01-01T00:00:00Z', until: '2026-01-01T12:00:00Z' }] },
      {},
    ],
    [
      'within the window, past midnight, by the clock of its place',
      {
        maintenanceWindows: [
          {
            name: 'night',
            when: 'true',
            from: '22:00',
            until: '04:00',
            days: ['wed'],
            timeZone: 'Europe/Berlin',
          },
        ],
      },
      { at: '2026-01-01T02:30:00Z' },
    ],
    [
      'below a ceiling that it only comes nearer to',
      { replicaCeiling: 5 },
      { currentReplicas: 9, wantedReplicas: 7 },
    ],
    [
      'with a ceiling of the namespace that is higher',
      { replicaCeiling: 5, replicaCeilings: { shop: 20 } },
      { namespace: 'shop', wantedReplicas: 6 },
    ],
  ])('lets a change through %s', (_name, over, given) => {
    expect(decide(over, given).kind).toBe('allow');
  });

  it('holds what others may start below the ceiling, too, but for what only comes nearer to it', () => {
    const decided = (before: number, after: number) => {
      const known = facts({ operations: ['autoscale'] });
      const effects = known.effects.map((effect) => ({ ...effect, reach: { before, after } }));
      return decideByPolicy(compile({ replicaCeiling: 5 }), { ...known, effects }).decision;
    };
    expect(decided(4, 6)).toMatchObject({ kind: 'deny', rule: 'replica-ceiling' });
    expect(decided(4, 5).kind).toBe('allow');
    expect(decided(9, 7).kind).toBe('allow');
  });

  it('lifts the tier, adds approvals and says who counts and why', () => {
    const over = {
      tiers: { high: { approvals: 3 } },
      rules: [
        {
          name: 'payments-is-careful',
          when: 'namespaces.exists(n, n.startsWith("pay")) && environment == "production"',
          tier: 'high',
          fromTeams: ['payments'],
          because: 'it moves money',
        },
      ],
    };
    expect(decide(over, { namespace: 'payments' })).toMatchObject({
      kind: 'allow',
      risk: {
        tier: 'high',
        reasons: ['it moves money'],
        quorum: { approvals: 3, requesterCounts: false, fromTeams: ['payments'] },
      },
      rules: ['tiers.high', 'payments-is-careful'],
    });
    expect(decide(over, { namespace: 'shop' })).toMatchObject({ risk: { tier: 'low' }, rules: [] });
  });

  it('lets only those count who are in a team that every rule names', () => {
    const rule = (name: string, fromTeams: readonly string[]) => ({ name, when: 'true', fromTeams });
    const decision = decide({ rules: [rule('one', ['a', 'b']), rule('two', ['b', 'c'])] });
    expect(decision).toMatchObject({ risk: { quorum: { fromTeams: ['b'] } } });
  });

  it('refuses what nobody could ever approve, instead of showing a card that waits in vain', () => {
    const rule = (name: string, fromTeams: readonly string[]) => ({ name, when: 'true', fromTeams });
    expect(decide({ rules: [rule('one', ['a']), rule('two', ['b'])] })).toMatchObject({
      kind: 'deny',
      rule: 'two',
      message: expect.stringContaining('one, two'),
    });
  });

  it('takes a condition that cannot be decided to hold', () => {
    const over = { rules: [{ name: 'odd', when: 'requester.department == "shop"', deny: 'No.' }] };
    expect(decide(over)).toMatchObject({ kind: 'deny', rule: 'odd' });
  });

  it('never makes anything looser than what is built in', () => {
    const tightening = fc.record(
      {
        approvals: fc.integer({ min: 1, max: 5 }),
        requesterCounts: fc.constant(false),
        expiresAfterMinutes: fc.integer({ min: 1, max: 60 }),
        watchMinutes: fc.integer({ min: 0, max: 120 }),
      },
      { requiredKeys: [] },
    );
    const policy = fc.record({
      tiers: fc.dictionary(fc.constantFrom(...RISK_TIERS), tightening),
      environments: fc.dictionary(
        fc.constantFrom('production', 'staging', 'demo'),
        fc.dictionary(fc.constantFrom(...RISK_TIERS), tightening),
      ),
      rules: fc
        .array(
          fc.record({
            when: fc.constantFrom('true', 'false', 'share > 0.1', '"shop" in namespaces', 'tier == "low"'),
            tier: fc.constantFrom(...RISK_TIERS),
          }),
          { maxLength: 4 },
        )
        .map((rules) => rules.map((rule, index) => ({ ...rule, name: `rule-${index}` }))),
    });
    const given = fc.record({
      operations: fc.array(fc.constantFrom(...OPERATION_KINDS), { minLength: 1, maxLength: 3 }),
      environment: fc.constantFrom('production' as const, 'staging' as const, 'demo' as const),
      namespace: fc.constantFrom('shop', 'payments'),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      podsAffected: fc.integer({ min: 0, max: 9 }),
      wantedReplicas: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(policy, given, (over, about) => {
        const known = facts(about);
        const before = assessRisk(known);
        const decision = decideByPolicy(compile(over), known).decision;
        if (decision.kind === 'deny') return;
        const { risk } = decision;
        expect(RISK_TIERS.indexOf(risk.tier)).toBeGreaterThanOrEqual(RISK_TIERS.indexOf(before.tier));
        expect(risk.quorum.approvals).toBeGreaterThanOrEqual(before.quorum.approvals);
        expect(!risk.quorum.requesterCounts || before.quorum.requesterCounts).toBe(true);
        if (risk.tier === before.tier) {
          expect(risk.expiresAfterMs).toBeLessThanOrEqual(before.expiresAfterMs);
          expect(risk.watchMs).toBeGreaterThanOrEqual(before.watchMs);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['a word that it does not know', { protectedNamespace: ['a'] }, /protectedNamespace/],
    ['another format', { version: 2 }, /version/],
    ['an operation that there is not', { allowedOperations: ['exec'] }, /allowedOperations\[0\]/],
    ['a rule that does nothing', { rules: [{ name: 'idle', when: 'true' }] }, /must say what it does/],
    [
      'a rule that lets somebody in',
      { rules: [{ name: 'in', when: 'true', requesterCounts: true }] },
      /only be false/,
    ],
    [
      'a condition that is not CEL',
      { rules: [{ name: 'odd', when: 'share >', deny: 'No.' }] },
      /rules\[0\]\.when/,
    ],
    [
      'a condition about nothing known',
      { rules: [{ name: 'odd', when: 'weather == "fair"', deny: 'No.' }] },
      /rules\[0\]\.when/,
    ],
    [
      'a condition that is a number',
      { rules: [{ name: 'odd', when: 'podsAffected + 1', deny: 'No.' }] },
      /true or false/,
    ],
    [
      'a regular expression',
      { rules: [{ name: 'odd', when: 'cluster.matches("(a+)+$")', deny: 'No.' }] },
      /startsWith/,
    ],
    [
      'a registry that is an image',
      { imageRegistries: ['registry.example.com/shop/cart:1'] },
      /imageRegistries\[0\]: must be a registry/,
    ],
    ['a limit that is more than is counted', { limits: { perDay: 5_000 } }, /limits\.perDay/],
    [
      'a freeze that ends before it begins',
      { freezes: [{ name: 'f', from: '2026-02-01T00:00:00Z', until: '2026-01-01T00:00:00Z' }] },
      /end after/,
    ],
    [
      'a time zone that there is not',
      {
        maintenanceWindows: [
          { name: 'w', when: 'true', from: '01:00', until: '02:00', timeZone: 'Mars/Base' },
        ],
      },
      /time zone/,
    ],
    [
      'the same name twice',
      {
        rules: [
          { name: 'a', when: 'true', approvals: 2 },
          { name: 'a', when: 'true', approvals: 3 },
        ],
      },
      /twice/,
    ],
    [
      'an emergency rule of more than fifteen minutes',
      { breakGlass: { teams: ['a'], owners: ['local'], expiresAfterMinutes: 60 } },
      /breakGlass/,
    ],
  ])('is refused as a whole with %s', (_name, over, expected) => {
    expect(problemsOf(over).join('\n')).toMatch(expected);
  });

  it('has a version that changes with every word of it', () => {
    const version = (over: Record<string, unknown>) => compile(over).version;
    expect(version({})).toBe(version({}));
    expect(version({ replicaCeiling: 5 })).not.toBe(version({ replicaCeiling: 6 }));
  });

  it('runs the tests that it brings along', () => {
    const policy = compile({
      replicaCeiling: 5,
      tiers: { low: { approvals: 2 } },
      tests: [
        {
          name: 'few',
          given: { operations: ['scale'], wantedReplicas: 4 },
          expect: { decision: 'allow', approvals: 2, rule: 'tiers.low' },
        },
        {
          name: 'many',
          given: { operations: ['scale'], wantedReplicas: 9 },
          expect: { decision: 'deny', rule: 'replica-ceiling' },
        },
        { name: 'wrong', given: { operations: ['scale'] }, expect: { decision: 'deny' } },
      ],
    });
    expect(runPolicyTests(policy)).toEqual([
      { name: 'few', failures: [] },
      { name: 'many', failures: [] },
      { name: 'wrong', failures: ['decision: expected deny, got allow'] },
    ]);
  });

  it('says who may break the glass and lift a freeze, and how much may be asked for', () => {
    const book = toPolicyBook(
      compile({
        breakGlass: { teams: ['on-call'], owners: ['slack:T1:U1'] },
        freeze: { thawTeams: ['leads'] },
        limits: { perPersonPerDay: 3 },
      }),
    );
    expect(book.breakGlass).toMatchObject({ expiresAfterMs: 900_000, reviewWithinMs: 86_400_000 });
    expect(book.freeze).toEqual({ thawTeams: ['leads'] });
    expect(toPolicyBook(compile({})).freeze).toBeUndefined();
    expect(book.limits).toEqual({ perPersonPerDay: 3 });
  });
});
