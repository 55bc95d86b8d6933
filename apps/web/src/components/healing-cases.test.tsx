import type { Reply } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { HealingCases } from './healing-cases.tsx';

const CASES: Reply = {
  tone: 'answer',
  headline: 'One case of self-healing is open, and one needs you.',
  sections: [{ kind: 'table', columns: ['Case', 'Last plan'], rows: [['h-4k7d2m9q', 'p-4k7d2m9q']] }],
  proposals: [],
  followUps: [{ label: 'Show p-4k7d2m9q', command: 'plan p-4k7d2m9q' }],
};

const render = (cases: Reply | undefined) =>
  renderToStaticMarkup(<HealingCases cases={cases} onCommand={() => undefined} />);

describe('HealingCases', () => {
  it('says what needs people first, lists the cases and leads to their plans', () => {
    const html = render(CASES);
    expect(html).toContain('aria-label="Cases of self-healing"');
    expect(html).toContain('one needs you');
    expect(html).toMatch(/h-4k7d2m9q.*p-4k7d2m9q/);
    expect(html).toContain('title="plan p-4k7d2m9q"');
  });

  it('shows nothing before it is known', () => {
    expect(render(undefined)).toBe('');
  });
});
