import type { HomeFinding, HomeSummary, PlanCard } from '@jamie/core';
import { aHomeCluster, aHomePlan, aHomeSummary, aPlanCard, validateView } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SLACK_LIMITS } from '../../limits.ts';
import { HOME_ACTIONS } from './home-actions.ts';
import { renderHome, renderLoadingHome, renderStrangerHome } from './home-view.ts';

const AT = Date.UTC(2026, 7, 2, 12);

function finding(changes: Partial<HomeFinding> = {}): HomeFinding {
  return {
    severity: 'critical',
    subject: 'Deployment payments/checkout',
    summary: 'container app exits with code 1 soon after it starts',
    since: AT,
    command: 'why deploy/checkout -n payments --cluster demo',
    ...changes,
  };
}

function textOf(view: object): string {
  return JSON.stringify(view);
}

describe('renderHome', () => {
  it('says plainly when there is nothing to do and nothing wrong', () => {
    const view = renderHome(aHomeSummary({ clusters: [aHomeCluster()] }));
    expect(textOf(view)).toContain('No plan waits for your decision.');
    expect(textOf(view)).toContain('I see nothing wrong.');
    expect(textOf(view)).not.toContain('Your plans under way');
    expect(validateView(view)).toEqual([]);
  });

  it('does not say that all is well where something could not be looked at', () => {
    const unseen = renderHome(aHomeSummary({ clusters: [aHomeCluster({ state: 'unknown' })] }));
    const unchecked = renderHome(aHomeSummary({ clusters: [aHomeCluster({ unchecked: ['x < y'] })] }));
    expect(textOf(unseen)).toContain('in what I could look at');
    expect(textOf(unchecked)).toContain('in what I could look at');
    expect(textOf(unchecked)).toContain('demo: x &lt; y');
    expect(textOf(renderHome(aHomeSummary()))).toContain('No cluster is connected yet');
  });

  it('offers a vote on exactly the plan that is shown, and where its card is', () => {
    const plan = aHomePlan({ link: 'https://emulated.slack.com/archives/C1/p1' });
    const view = renderHome(aHomeSummary({ waiting: [plan] }));
    const value = `${plan.card.planId}:${plan.card.planHash}`;
    expect(view.blocks).toContainEqual(
      expect.objectContaining({
        type: 'actions',
        elements: [
          expect.objectContaining({ action_id: HOME_ACTIONS.approve, value }),
          expect.objectContaining({ action_id: HOME_ACTIONS.deny, value }),
          expect.objectContaining({ action_id: HOME_ACTIONS.open, url: plan.link }),
        ],
      }),
    );
    expect(textOf(view)).toContain('Asked by Grace <!date^');
    expect(validateView(view)).toEqual([]);
  });

  it('asks once more before a change of high risk is approved', () => {
    const card = aPlanCard({ tier: 'high' });
    const view = renderHome(aHomeSummary({ waiting: [aHomePlan({ card })] }));
    expect(textOf(view)).toContain('Approve this change?');
  });

  it('shows no address that is none', () => {
    const view = renderHome(aHomeSummary({ waiting: [aHomePlan({ link: 'javascript:alert(1)' })] }));
    expect(textOf(view)).not.toContain('javascript');
  });

  it('shows findings of all clusters worst first, and says how many there are beside them', () => {
    const clusters = [
      aHomeCluster({ findings: [finding({ severity: 'warning', subject: 'Pod shop/a' })], moreFindings: 4 }),
      aHomeCluster({ name: 'prod', findings: [finding({ subject: 'Pod shop/b' })] }),
    ];
    const text = textOf(renderHome(aHomeSummary({ clusters })));
    expect(text.indexOf('Pod shop/b on prod')).toBeLessThan(text.indexOf('Pod shop/a on demo'));
    expect(text).toContain('4 more are open.');
  });

  it('tells that all changes are frozen, what was not read, and what came of the last click', () => {
    const home = aHomeSummary({
      frozenBecause: 'release',
      whoMayThaw: 'People in <sre> may lift it.',
      unread: ['I could not read <plans>.'],
    });
    const text = textOf(renderHome(home, 'Your vote counts.'));
    expect(text).toContain('All changes are frozen');
    expect(text).toContain('People in &lt;sre&gt; may lift it. Type /jamie unfreeze.');
    expect(text).toContain('I could not read &lt;plans&gt;.');
    expect(text.indexOf('Your vote counts.')).toBeLessThan(text.indexOf('Waiting for you'));
  });

  it('is one that Slack takes, whatever the cluster and people wrote', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        '',
        ' ',
        '<!channel>',
        '@here',
        '*',
        '`',
        '\u202e',
        '&lt;',
        'x'.repeat(9_000),
        '界'.repeat(4_000),
        '&'.repeat(3_000),
      ),
    );
    const card = fc.record({ headline: text, statusLine: text, tier: fc.constantFrom('low', 'high') });
    const plan = fc.record({
      card,
      askedBy: text,
      cluster: text,
      link: fc.option(fc.webUrl(), { nil: undefined }),
    });
    const command = fc.constantFrom('', 'why x', 'x'.repeat(3_000));
    const cluster = fc.record({
      name: text,
      detail: text,
      state: fc.constantFrom('reachable', 'unreachable', 'unknown'),
      findings: fc.array(fc.record({ subject: text, summary: text, command }), { maxLength: 30 }),
      moreFindings: fc.nat(1_000),
      unchecked: fc.array(text, { maxLength: 30 }),
    });
    const summary = fc.record({
      waiting: fc.array(plan, { maxLength: 60 }),
      own: fc.array(plan, { maxLength: 60 }),
      clusters: fc.array(cluster, { maxLength: 60 }),
      checks: text,
      unread: fc.array(text, { maxLength: 30 }),
      frozenBecause: text,
      whoMayThaw: text,
    });
    fc.assert(
      fc.property(summary, text, (drawn, notice) => {
        const view = renderHome(fill(drawn), notice);
        expect(validateView(view)).toEqual([]);
        expect(view.blocks.length).toBeLessThan(SLACK_LIMITS.blocksPerView);
        const body = JSON.stringify(view);
        expect(Buffer.byteLength(body)).toBeLessThan(SLACK_LIMITS.viewBytes);
        expect(body).not.toContain('<!channel>');
        expect(body).not.toMatch(/@here/u);
      }),
      { numRuns: 100 },
    );
  });
});

interface Drawn {
  readonly waiting: readonly { readonly card: object; readonly link?: string | undefined }[];
  readonly own: readonly { readonly card: object; readonly link?: string | undefined }[];
  readonly clusters: readonly { readonly findings: readonly object[] }[];
}

/** What was drawn, with the fields that do not matter here. */
function fill(drawn: Drawn): HomeSummary {
  const planOf = ({ card, link, ...rest }: Drawn['waiting'][number], index: number) =>
    aHomePlan({
      ...rest,
      card: aPlanCard({ ...(card as Partial<PlanCard>), planHash: `h${index}` }),
      ...(link === undefined ? {} : { link }),
    });
  return aHomeSummary({
    ...drawn,
    waiting: drawn.waiting.map(planOf),
    own: drawn.own.map(planOf),
    clusters: drawn.clusters.map((cluster) =>
      aHomeCluster({ ...cluster, findings: cluster.findings.map((each) => finding(each)) }),
    ),
  });
}

describe('the Home tab of a stranger', () => {
  it('says who can let them in, and shows nothing else', () => {
    const view = renderStrangerHome('I do not know you. Ask a <platform admin>.');
    expect(textOf(view)).toContain('Ask a &lt;platform admin&gt;.');
    expect(textOf(view)).not.toContain(HOME_ACTIONS.approve);
    expect(validateView(view)).toEqual([]);
    expect(validateView(renderLoadingHome())).toEqual([]);
  });
});
