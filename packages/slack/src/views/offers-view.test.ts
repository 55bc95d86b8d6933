import type { MessageId, Reply, ReplyOption } from '@jamie/core';
import { validateBlocks } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { parseChoiceBlock, renderChoice, renderFollowUps, searchChoice } from './offers-view.ts';
import { COMMAND_ACTION } from './plan-action.ts';
import { renderReply } from './reply-view.ts';

const messageId = 'm_r_0123456789abcdef01234567_answer' as MessageId;
const option = (name: string): ReplyOption => ({
  label: `Deployment ${name}`,
  command: `why deploy/${name}`,
});
const many = (length: number, name = 'app') =>
  Array.from({ length }, (_, index) => option(`${name}-${index}`));
const prompt = 'Which basket do you mean?';

describe('renderChoice', () => {
  it('asks with a select whose label is the question', () => {
    const [block] = renderChoice({ prompt, options: [option('basket'), option('cart')] }, messageId);
    expect(block).toMatchObject({
      type: 'section',
      text: { text: prompt },
      accessory: {
        type: 'static_select',
        placeholder: { text: prompt },
        options: [
          { text: { text: 'Deployment basket' }, value: 'why deploy/basket' },
          { text: { text: 'Deployment cart' }, value: 'why deploy/cart' },
        ],
      },
    });
  });

  it('asks with a button where there is one answer', () => {
    const [block] = renderChoice({ prompt, options: [option('basket'), option('basket')] }, messageId);
    expect(block).toMatchObject({
      accessory: {
        type: 'button',
        text: { text: 'Deployment basket' },
        value: 'why deploy/basket',
        accessibility_label: 'Which basket do you mean? Deployment basket',
      },
    });
    expect(JSON.stringify(block)).not.toContain('primary');
  });

  it('asks in its own words where it was given none', () => {
    const asks = (count: number) =>
      JSON.stringify(renderChoice({ prompt: ' ', options: many(count) }, messageId));
    expect(asks(1)).toContain('You could ask this:');
    expect(asks(2)).toContain('Which one do you mean?');
    expect(renderChoice({ prompt: '', options: [] }, messageId)).toEqual([]);
  });

  it('offers a hundred options in a select, and searches where there are more', () => {
    const hundred = renderChoice({ prompt, options: many(100) }, messageId);
    expect(JSON.stringify(hundred).match(/"value"/gu)).toHaveLength(100);
    expect(hundred).toHaveLength(1);
    const blocks = renderChoice({ prompt, options: many(112) }, messageId);
    expect(blocks[0]).toMatchObject({
      block_id: `choice:${messageId}`,
      accessory: { type: 'external_select', min_query_length: 0, placeholder: { text: prompt } },
    });
    expect(JSON.stringify(blocks[1])).toContain('There are 112 to choose from');
    expect(validateBlocks(blocks)).toEqual([]);
  });

  it('cuts a text and refers to a command that are too long', () => {
    const options = many(2, 'n'.repeat(90));
    const blocks = renderChoice({ prompt, options }, messageId);
    expect(validateBlocks(blocks)).toEqual([]);
    expect(JSON.stringify(blocks)).toContain(`#c${messageId}:1:`);
  });

  it('leaves room for the answer beside a hundred options', () => {
    const sections = [{ kind: 'text' as const, lines: ['x'.repeat(2_000)] }];
    const reply: Reply = { tone: 'answer', headline: 'Many match', sections, proposals: [] };
    const { blocks } = renderReply({ ...reply, choice: { prompt, options: many(100) } }, messageId);
    expect(JSON.stringify(blocks)).toContain('x'.repeat(2_000));
  });
});

describe('searchChoice', () => {
  const choice = { prompt, options: [...many(150), option('app-7-worker'), option('worker-app')] };
  const found = (typed: string) =>
    searchChoice(choice, messageId, typed).options.map(({ text, value }) => [text.text, value]);

  it('finds every option, those that begin with what was typed first', () => {
    expect(found('deployment app-7')[0]).toEqual(['Deployment app-7', 'why deploy/app-7']);
    expect(found('WORKER').map(([label]) => label)).toEqual([
      'Deployment app-7-worker',
      'Deployment worker-app',
    ]);
    for (const { label } of choice.options) expect(found(label).map(([text]) => text)).toContain(label);
  });

  it('shows a hundred at most, and none for what nothing holds', () => {
    expect(found('')).toHaveLength(100);
    expect(found('<script>')).toEqual([]);
  });

  it('tells its own block from others', () => {
    expect(parseChoiceBlock(`choice:${messageId}`)).toBe(messageId);
    expect(parseChoiceBlock('plan.p-1')).toBeUndefined();
    expect(parseChoiceBlock(undefined)).toBeUndefined();
  });
});

describe('renderFollowUps', () => {
  const followUps = ['next page', 'show events of cart', 'c', 'd', 'e', 'f'].map((label, index) => ({
    label,
    command: `pods --page ${index}`,
  }));

  it('offers five plain buttons whose verbs have a capital', () => {
    const [block] = renderFollowUps(followUps, messageId);
    const elements = block?.type === 'actions' ? block.elements : [];
    expect(elements).toHaveLength(5);
    expect(elements.slice(0, 2)).toMatchObject([
      {
        text: { text: 'Next page' },
        value: 'pods --page 0',
        accessibility_label: 'next page: pods --page 0',
      },
      { text: { text: 'Show events of cart' } },
    ]);
    expect(JSON.stringify(elements)).not.toContain('style');
    expect(validateBlocks([block])).toEqual([]);
  });

  it('come after proposals and share no action id with them', () => {
    const target = { kind: 'Deployment', namespace: 'shop', name: 'cart' } as const;
    const proposals = [{ label: 'Restart', advice: 'x', operation: { kind: 'restart' as const, target } }];
    const choice = { prompt, options: [option('basket')] };
    const reply: Reply = { tone: 'answer', headline: 'x', sections: [], proposals, followUps, choice };
    const rendered = JSON.stringify(renderReply(reply, messageId).blocks);
    const ids = [...rendered.matchAll(/"action_id":"([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(7);
    expect(ids[0]).toBe(`${COMMAND_ACTION}.0`);
    expect(ids.slice(1)).toEqual(['choice.submit', ...[0, 1, 2, 3, 4].map((n) => `followup.submit.${n}`)]);
  });
});

describe('the files of a reply', () => {
  const files = [{ name: 'cart.log', title: 'Log', text: 'x' }];
  const reply: Reply = { tone: 'answer', headline: 'x', sections: [], proposals: [], files };

  it('are named, or the reason why they are not there', () => {
    expect(JSON.stringify(renderReply(reply, messageId))).toContain('file in this thread: `cart.log`');
    const noted = JSON.stringify(renderReply(reply, messageId, ['cart.log is too large.']));
    expect(noted).toContain('cart.log is too large.');
    expect(noted).not.toContain('In full');
  });
});
