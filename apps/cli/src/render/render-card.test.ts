import type { PlanCard, PlanId } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { renderCard } from './render-card.ts';
import { createStyle } from './style.ts';

const paper = { columns: 80, style: createStyle(false) };
const CARD: PlanCard = {
  planId: 'p-00000001' as PlanId,
  planHash: 'abc',
  headline: 'Roll back Deployment checkout from revision 2 to 1 in shop on demo',
  status: 'approved',
  tier: 'medium',
  statusLine: 'Starting by itself.',
  facts: [{ label: 'Asked by', value: 'nobody' }],
  diff: '',
  warnings: [],
  votes: [],
  actions: [],
};

describe('renderCard', () => {
  it('says of a plan that nobody asked for why there is one', () => {
    const shown = renderCard({ ...CARD, healing: 'Nobody asked for this. I found: it crashes.' }, paper);
    expect(shown).toContain('\n\nNobody asked for this. I found: it crashes.\n\nAsked by: nobody');
    expect(renderCard(CARD, paper)).not.toContain('Nobody asked');
  });
});
