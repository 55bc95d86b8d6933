import { type BallotResult, PLAN_STATUSES, type PlanCard, type PlanId } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import type { ApiResult } from '../data/api-client.ts';
import { PlanCardView } from './plan-card-view.tsx';

const CARD: PlanCard = {
  planId: 'p-4k7d2m9q' as PlanId,
  planHash: 'h1',
  headline: 'Scale Deployment checkout 3 → 5 in shop on demo',
  status: 'awaiting_approval',
  tier: 'low',
  statusLine: 'One approval is needed.',
  facts: [{ label: 'Risk', value: 'low' }],
  diff: '@@ -1 +1 @@\n-  replicas: 3\n+  replicas: 5',
  warnings: ['An autoscaler may change the replicas.'],
  votes: ['Ann approved'],
  actions: ['approve', 'deny'],
};

function render(change: Partial<PlanCard> = {}): string {
  const vote = async (): Promise<ApiResult<BallotResult>> => ({ kind: 'signed_out' });
  return renderToStaticMarkup(
    <PlanCardView card={{ ...CARD, ...change }} nowMs={0} vote={vote} onCommand={() => undefined} />,
  );
}

describe('PlanCardView', () => {
  it('shows everything that an approver needs', () => {
    const html = render();
    for (const part of [
      'Scale Deployment checkout 3 → 5 in shop on demo',
      'One approval is needed.',
      'Waiting for approval',
      'replicas: 3',
      'replicas: 5',
      'Risk',
      'An autoscaler may change the replicas.',
      'Ann approved',
    ]) {
      expect(html).toContain(part);
    }
  });

  it('names the plan on each button, for those who hear the page', () => {
    const html = render();
    expect(html).toContain('aria-label="Approve plan p-4k7d2m9q"');
    expect(html).toContain('aria-label="Deny plan p-4k7d2m9q"');
    expect(render({ status: 'succeeded', actions: ['undo'] })).toContain('aria-label="Undo plan p-4k7d2m9q"');
  });

  it.each(PLAN_STATUSES)('has a word for %s, and buttons only where the card offers them', (status) => {
    const html = render({ status, actions: [] });
    expect(html).toMatch(/class="pill pill-(asking|busy|good|bad|quiet)">[A-Z][a-z ]+</);
    expect(html).not.toContain('<button');
  });

  it('folds the change of a plan that had ended when it came into view, and of no other', () => {
    expect(render()).toContain('<details class="plan-details" open="">');
    expect(render({ status: 'denied', actions: [] })).toContain('<details class="plan-details">');
  });

  it('lets no cluster text become markup', () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&<script>alert(1)</script>';
    const html = render({
      headline: hostile,
      healing: hostile,
      statusLine: hostile,
      facts: [{ label: hostile, value: hostile }],
      diff: `@@ ${hostile}\n+${hostile}\n-${hostile}\n ${hostile}`,
      warnings: [hostile],
      votes: [hostile],
    });
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<script');
    expect(html.match(/&lt;script&gt;/g)?.length).toBe(11);
  });

  it('says of a plan that nobody asked for why there is one', () => {
    const html = render({ healing: 'Nobody asked for this. I found: it crashes.' });
    expect(html).toContain('<p class="plan-healing">Nobody asked for this. I found: it crashes.</p>');
    expect(render()).not.toContain('plan-healing');
  });

  it('folds a long diff and says how long it is', () => {
    const diff = ['@@ -1 +1 @@', ...Array.from({ length: 80 }, (_, index) => `+line ${index}`)].join('\n');
    const html = render({ diff });
    expect(html).toContain('Show all 81 lines');
    expect(html).not.toContain('line 60');
  });
});
