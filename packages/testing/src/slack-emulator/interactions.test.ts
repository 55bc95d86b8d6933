import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../fakes/fake-clock.ts';
import { validateBlocks } from './block-kit-validator.ts';
import { createSlackEmulator, type SlackEmulator } from './slack-emulator.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (label: string) => ({ text: plain(label), value: `why ${label}` });
const select = {
  type: 'static_select',
  action_id: 'choice',
  placeholder: plain('Which one?'),
  options: [option('cart'), option('checkout')],
};
const button = { type: 'button', action_id: 'next.0', text: plain('Next Page'), value: 'pods --page 2' };
const section = (accessory: object) => ({ type: 'section', text: plain('Which one?'), accessory });

let slack: SlackEmulator;

beforeEach(async () => {
  slack = createSlackEmulator({ mode: 'socket', clock: new FakeClock() });
  await slack.start();
});

afterEach(() => slack.stop());

function post(...blocks: readonly Record<string, unknown>[]): string {
  const { workspace } = slack;
  slack.workspace.addChannel('C1');
  const { botUserId: user } = workspace;
  return workspace.addMessage({ channel: 'C1', user, text: 'x', isOurs: true, blocks }).ts;
}

describe('a person at the emulated Slack', () => {
  it('chooses from a select, as the option and as the state of the message', () => {
    const ts = post(section(select));
    slack.choose({ user: 'U1', channel: 'C1', ts, option: 'checkout' });
    const chosen = { type: 'static_select', selected_option: option('checkout') };
    const { kind, payload } = slack.sent.at(-1) ?? {};
    expect(kind).toBe('interactive');
    expect(payload).toMatchObject({
      type: 'block_actions',
      user: { id: 'U1' },
      container: { message_ts: ts },
      actions: [{ ...chosen, action_id: 'choice', block_id: expect.any(String) }],
    });
    const state = payload?.['state'] as { readonly values: object } | undefined;
    expect(Object.values(state?.values ?? {})).toEqual([{ choice: chosen }]);
  });

  it('clicks the button that reads so', () => {
    const ts = post({ type: 'actions', elements: [button] });
    slack.clickLabelled({ user: 'U1', channel: 'C1', ts, label: 'Next Page' });
    expect(slack.sent.at(-1)?.payload).toMatchObject({
      state: { values: {} },
      actions: [{ type: 'button', action_id: 'next.0', value: 'pods --page 2' }],
    });
  });

  it('cannot act on what is not there', () => {
    const ts = post({ type: 'actions', elements: [button] });
    expect(() => slack.choose({ user: 'U1', channel: 'C1', ts, option: 'cart' })).toThrow(/no option cart/);
    expect(() => slack.clickLabelled({ user: 'U1', channel: 'C1', ts, label: 'Back' })).toThrow(
      /no button Back/,
    );
  });
});

describe('the rules for selects', () => {
  it('take one as accessory of a section and one among buttons', () => {
    expect(validateBlocks([section(select), { type: 'actions', elements: [select, button] }])).toEqual([]);
  });

  it.each([
    ['no options', { options: [] }, 'must have at least 1 item'],
    ['101 options', { options: Array.from({ length: 101 }, () => option('x')) }, 'no more than 100 items'],
    [
      'a text of 76 characters',
      { options: [{ ...option('x'), text: plain('x'.repeat(76)) }] },
      'less than 76',
    ],
    ['a value of 76 characters', { options: [{ ...option('x'), value: 'x'.repeat(76) }] }, 'less than 76'],
    ['an option without a value', { options: [{ text: plain('x') }] }, 'missing required field: value'],
    ['an empty text', { options: [{ ...option('x'), text: plain('') }] }, 'more than 0 characters'],
    ['a placeholder of 151 characters', { placeholder: plain('x'.repeat(151)) }, 'less than 151'],
    ['a styled placeholder', { placeholder: { type: 'mrkdwn', text: 'x' } }, 'must be plain_text'],
    ['an initial option that is not offered', { initial_option: option('z') }, 'must exactly match'],
    ['a label, which only buttons have', { accessibility_label: 'x' }, 'invalid additional property'],
  ])('refuse %s', (_what, part, problem) => {
    expect(validateBlocks([section({ ...select, ...part })]).join()).toContain(problem);
  });
});
