import { isTerminal, PLAN_STATUSES, type PlanStatus } from '@jamie/core';
import { aPlanRecord } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { closingMessage } from './closing-message.ts';

function closingOf(status: PlanStatus, over: Partial<Parameters<typeof closingMessage>[0]> = {}) {
  const message = closingMessage({ ...aPlanRecord(), status, reason: 'Because.', ...over }, 0);
  return message?.body.kind === 'reply' ? message.body.reply : undefined;
}

describe('closingMessage', () => {
  it.each(PLAN_STATUSES)(
    'speaks of %s exactly when that ends a plan, and gives the reason of the record',
    (status) => {
      const reply = closingOf(status);
      expect(reply !== undefined).toBe(isTerminal(status));
      if (reply !== undefined) expect(JSON.stringify(reply.sections)).toContain('Because.');
    },
  );

  it.each(PLAN_STATUSES.filter((status) => status !== 'succeeded'))('never calls %s done', (status) => {
    expect(closingOf(status)?.headline ?? '').not.toMatch(/^Done/);
  });

  it('offers the way back where there is one, and only once', () => {
    const { plan } = aPlanRecord();
    expect(closingOf('succeeded')?.followUps).toEqual([
      { label: `Undo ${plan.id}`, command: `undo ${plan.id}` },
    ]);
    expect(closingOf('denied')?.followUps).toBeUndefined();
    const undone = closingOf('succeeded', { undoneBy: plan.id });
    expect(undone?.followUps).toBeUndefined();
    expect(undone?.headline).toContain('undone by');
  });
});
