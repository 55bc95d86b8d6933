import { validateView } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { SLACK_LIMITS } from '../../limits.ts';
import { renderLoadingModal, renderMessageModal } from './message-modal.ts';
import type { ModalSubmission } from './modal-submission.ts';
import { readModalState, readSubmission } from './modal-submission.ts';
import { findOptionValue, isDigestValue, toOptionValue } from './option-value.ts';
import {
  PREFERENCES_FIELDS,
  preferencesCommand,
  readPreferences,
  renderPreferencesModal,
} from './preferences-modal.ts';
import { renderSuggestions } from './suggestions-view.ts';

describe('option values', () => {
  it('are what they stand for where Slack takes that, and found again where it does not', () => {
    const long = `deploy/${'n'.repeat(80)} -n shop`;
    const odd = 'a&b';
    expect(toOptionValue('deploy/cart -n shop')).toBe('deploy/cart -n shop');
    for (const value of [long, odd]) {
      const short = toOptionValue(value);
      expect(isDigestValue(short)).toBe(true);
      expect(short.length).toBeLessThanOrEqual(SLACK_LIMITS.optionValue);
      expect(
        findOptionValue(short, [
          { label: 'x', value: 'other' },
          { label: 'y', value },
        ]),
      ).toBe(value);
      expect(findOptionValue(short, [])).toBeUndefined();
    }
    expect(findOptionValue('deploy/cart -n shop', [])).toBe('deploy/cart -n shop');
  });
});

describe('renderSuggestions', () => {
  it('shows a hundred options at most, each once, and leaves out what has no name', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({
      label: `app-${index}`,
      value: `app-${index}`,
    }));
    const { options } = renderSuggestions([{ label: ' ', value: 'x' }, ...many, ...many]);
    expect(options).toHaveLength(100);
    expect((options as { value: string }[])[0]).toMatchObject({ value: 'app-0' });
  });

  it('keeps the limits of Slack and its escapes', () => {
    const [option] = renderSuggestions([{ label: `<${'x'.repeat(90)}`, value: 'x', detail: 'y'.repeat(90) }])[
      'options'
    ] as { text: { text: string }; description: { text: string } }[];
    expect(option?.text.text).toMatch(/^&lt;x+…$/u);
    expect(option?.text.text).toHaveLength(SLACK_LIMITS.optionText);
    expect(option?.description.text).toHaveLength(SLACK_LIMITS.optionText);
  });
});

describe('renderPreferencesModal', () => {
  it('shows what is in force, and is one that Slack takes', () => {
    const view = renderPreferencesModal({ clusters: ['demo', 'prod'], cluster: 'prod', namespace: 'shop' });
    expect(JSON.stringify(view)).toContain('"value":"prod"');
    expect(JSON.stringify(view)).toContain('"value":"shop"');
    expect(validateView(view)).toEqual([]);
    const huge = renderPreferencesModal({ clusters: ['c'.repeat(253)], namespace: '<n>'.repeat(100) });
    expect(validateView(huge)).toEqual([]);
  });

  it.each([
    [{ cluster: 'prod', namespace: 'shop' }, 'use -n shop --cluster prod'],
    [{ cluster: 'prod' }, 'use -n * --cluster prod'],
    [{ namespace: 'shop' }, 'use -n shop'],
    [{}, 'use --clear'],
  ])('sets %j with %j', (chosen, command) => {
    expect(preferencesCommand(chosen)).toBe(command);
  });

  it('reads back what was chosen', () => {
    const values = { [PREFERENCES_FIELDS.cluster]: 'prod' };
    expect(readPreferences({ values } as unknown as ModalSubmission)).toEqual({ cluster: 'prod' });
  });
});

describe('a modal that only says something', () => {
  it.each(['', 'x'.repeat(9_000), '<!channel>'])('is one that Slack takes: %.10s', (text) => {
    expect(validateView(renderMessageModal('A title that is much too long for a modal', text))).toEqual([]);
    expect(validateView(renderLoadingModal('Ask Jamie'))).toEqual([]);
  });
});

describe('readSubmission', () => {
  const view = {
    callback_id: 'ask',
    private_metadata: 'kept',
    state: {
      values: {
        text: { a: { value: ' why? ' } },
        'chosen#12': { b: { selected_option: { value: 'prod' } } },
        empty: { c: { value: null } },
        none: { d: { selected_option: null } },
      },
    },
  };
  const payload = {
    type: 'view_submission',
    user: { id: 'U1', team_id: 'T2' },
    team: { id: 'T1' },
    view: { ...view, app_installed_team_id: 'T1' },
  };

  it('reads who handed in what, by field', () => {
    expect(readSubmission(payload)).toEqual({
      workspaceId: 'T1',
      teamId: 'T2',
      userId: 'U1',
      callbackId: 'ask',
      metadata: 'kept',
      values: { text: 'why?', chosen: 'prod' },
      blockIds: { text: 'text', chosen: 'chosen#12', empty: 'empty', none: 'none' },
    });
  });

  it('is no submission when something is only clicked', () => {
    expect(readSubmission({ ...payload, type: 'block_actions' })).toBeUndefined();
    expect(readModalState({ ...payload, type: 'block_actions' })?.values).toEqual({
      text: 'why?',
      chosen: 'prod',
    });
  });
});
