import type { Evidence, EvidenceId, Reply } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { ReplyView } from './reply-view.tsx';

const HOSTILE = '<img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>';

const EVIDENCE: Evidence = {
  id: 'ev_1' as EvidenceId,
  source: 'log',
  ref: { kind: 'Pod', namespace: 'shop', name: 'checkout-1' },
  where: 'container app',
  observedAt: Date.UTC(2026, 7, 2),
  text: 'fatal: PAYMENTS_URL is not set',
};

function render(reply: Partial<Reply>): string {
  const whole: Reply = { tone: 'answer', headline: 'Headline', sections: [], proposals: [], ...reply };
  return renderToStaticMarkup(<ReplyView reply={whole} onCommand={() => undefined} />);
}

describe('ReplyView', () => {
  it('numbers evidence through the whole reply and turns citations into buttons', () => {
    const html = render({
      headline: 'It crashes [ev_2]',
      sections: [
        { kind: 'evidence', evidence: [EVIDENCE] },
        { kind: 'evidence', evidence: [{ ...EVIDENCE, id: 'ev_2' as EvidenceId }] },
      ],
    });
    expect(html).toContain('aria-label="Show evidence 2"');
    expect(html.match(/evidence-number">\d/g)).toEqual(['evidence-number">1', 'evidence-number">2']);
    expect(html).toContain('Pod shop/checkout-1 · container app');
    expect(html).toContain('fatal: PAYMENTS_URL is not set');
  });

  it('lays out text, lists, tables and code', () => {
    const html = render({
      sections: [
        { kind: 'text', title: 'Why', lines: ['one', 'one'] },
        { kind: 'list', items: ['item'] },
        { kind: 'table', columns: ['Pod'], rows: [['checkout-1']] },
        { kind: 'code', text: 'a\n  b' },
      ],
    });
    expect(html).toContain('<h4>Why</h4>');
    expect(html.match(/<p><span>one<\/span><\/p>/g)).toHaveLength(2);
    expect(html).toContain('<th scope="col">Pod</th>');
    expect(html).toContain('<pre class="code">a\n  b</pre>');
  });

  it('offers an operation as a button beside the command that it submits, and advice as words', () => {
    const html = render({
      proposals: [
        {
          label: 'Roll Back to 3',
          advice: 'Revision 3 worked.',
          operation: {
            kind: 'rollback',
            target: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
            toRevision: 3,
          },
        },
        { label: 'Fix the image', advice: 'Push it again.' },
      ],
    });
    expect(html).toContain('<code>rollback deploy/checkout --to 3 -n shop</code>');
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(html).toContain('Push it again.');
  });

  it('says in words that something was not done or went wrong, with the reference', () => {
    expect(render({ tone: 'refusal' })).toContain('Not done');
    const html = render({ tone: 'error', referenceId: 'ref_9' });
    expect(html).toContain('Error');
    expect(html).toContain('ref_9');
  });

  it('lets no cluster text become markup or a link', () => {
    const html = render({
      headline: HOSTILE,
      sections: [
        { kind: 'text', title: HOSTILE, lines: [HOSTILE] },
        { kind: 'list', items: [HOSTILE] },
        { kind: 'table', title: HOSTILE, columns: [HOSTILE], rows: [[HOSTILE]] },
        { kind: 'code', text: HOSTILE },
        {
          kind: 'evidence',
          evidence: [{ ...EVIDENCE, where: HOSTILE, text: HOSTILE, ref: { kind: 'Pod', name: HOSTILE } }],
        },
      ],
      proposals: [{ label: HOSTILE, advice: HOSTILE }],
      referenceId: HOSTILE,
    });
    expect(html).not.toMatch(/<img|<a |href="/);
  });

  it('asks which one was meant without choosing for the person', () => {
    const html = render({
      choice: {
        prompt: 'Which one?',
        options: [{ label: `Deployment shop/${HOSTILE}`, command: 'why deploy/checkout -n shop' }],
      },
    });
    expect(html).toContain('Which one?</label>');
    expect(html).toContain('<option value="" selected="">Choose…</option>');
    expect(html).not.toContain('<img');
  });

  it('offers what may come next as buttons that show their command', () => {
    const html = render({ followUps: [{ label: 'Next Page', command: 'pods -n shop --page 2' }] });
    expect(html).toContain('title="pods -n shop --page 2"');
    expect(html).toContain('Next Page</button>');
  });

  it('folds long text into a file that can be read and saved', () => {
    const html = render({ files: [{ name: 'checkout.log', title: 'The whole log', text: `${HOSTILE}\n` }] });
    expect(html).toContain('Save checkout.log</button>');
    expect(html).toContain('<summary>The whole log</summary>');
    expect(html).not.toContain('<img');
  });
});
