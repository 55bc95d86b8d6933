import { describe, expect, it } from '@jest/globals';
import { type BlockSurface, countBlockText, validateBlocks } from './block-kit-validator.ts';
import {
  actions,
  button,
  cell,
  feedback,
  image,
  input,
  mrkdwn,
  option,
  options,
  type Part,
  plain,
  section,
  staticSelect,
  table,
  task,
  textInput,
} from './block-parts.fixture.ts';

describe('validateBlocks', () => {
  it.each<[string, BlockSurface, Part, string]>([
    [
      'a section without text',
      'message',
      { type: 'section' },
      'missing required field: text [json-pointer:/blocks/0]',
    ],
    [
      'a section of 3,001 characters',
      'message',
      section({ text: mrkdwn('x'.repeat(3_001)) }),
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a field of 2,001 characters',
      'message',
      section({ fields: [mrkdwn('x'.repeat(2_001))] }),
      'must be less than 2001 characters',
    ],
    [
      '11 fields',
      'message',
      section({ fields: Array.from({ length: 11 }, () => mrkdwn('x')) }),
      'no more than 10 items allowed',
    ],
    ['empty text', 'message', section({ text: mrkdwn('') }), 'must be more than 0 characters'],
    ['a header in mrkdwn', 'message', { type: 'header', text: mrkdwn('x') }, 'must be plain_text'],
    [
      'a header of 151 characters',
      'message',
      { type: 'header', text: plain('x'.repeat(151)) },
      'must be less than 151 characters',
    ],
    [
      'a property that nobody knows',
      'message',
      section({ colour: 'red' }),
      'invalid additional property: colour',
    ],
    [
      '11 elements of context',
      'message',
      { type: 'context', elements: Array.from({ length: 11 }, () => mrkdwn('x')) },
      'no more than 10 items allowed',
    ],
    [
      'a button in a context',
      'message',
      { type: 'context', elements: [button()] },
      'unsupported type: button [json-pointer:/blocks/0/elements/0/type]',
    ],
    ['no actions', 'message', actions(), 'must have at least 1 item'],
    [
      '26 actions',
      'message',
      actions(...Array.from({ length: 26 }, (_, index) => button({ action_id: `${index}` }))),
      'no more than 25 items allowed',
    ],
    [
      'two actions of one id',
      'message',
      actions(button(), button()),
      '`action_id` must be unique within a block',
    ],
    ['a text input among actions', 'message', actions(textInput()), 'unsupported type: plain_text_input'],
    [
      'a button of 76 characters',
      'message',
      actions(button({ text: plain('x'.repeat(76)) })),
      'must be less than 76 characters',
    ],
    [
      'a button value of 2,001 characters',
      'message',
      actions(button({ value: 'x'.repeat(2_001) })),
      'must be less than 2001 characters',
    ],
    ['a button that leads nowhere', 'message', actions(button({ url: 'nowhere' })), 'must be a valid URL'],
    [
      'a question without an answer',
      'message',
      actions(button({ confirm: { title: plain('?'), text: mrkdwn('x') } })),
      'missing required field: confirm',
    ],
    [
      'a block id of 256 characters',
      'message',
      section({ block_id: 'x'.repeat(256) }),
      'must be less than 256 characters',
    ],
    [
      '101 options',
      'message',
      actions({ ...staticSelect, options: options(101) }),
      'no more than 100 items allowed',
    ],
    [
      'an option value of 76 characters',
      'message',
      actions({ ...staticSelect, options: [{ text: plain('x'), value: 'x'.repeat(76) }] }),
      'must be less than 76 characters',
    ],
    [
      'options and groups',
      'message',
      actions({ ...staticSelect, option_groups: [] }),
      'must provide either options or option_groups',
    ],
    [
      'a first choice that is not offered',
      'message',
      actions({ ...staticSelect, initial_option: option('z') }),
      'must exactly match one of the options',
    ],
    [
      '11 radio buttons',
      'modal',
      input({ type: 'radio_buttons', options: options(11) }),
      'no more than 10 items allowed',
    ],
    [
      '6 entries of an overflow menu',
      'message',
      actions({ type: 'overflow', options: options(6) }),
      'no more than 5 items allowed',
    ],
    ['a button as an input', 'modal', input(button()), 'unsupported type: button'],
    [
      'a day that is none',
      'modal',
      input({ type: 'datepicker', initial_date: '2.8.2026' }),
      'must be a date',
    ],
    [
      'a text input for 3,001 characters',
      'modal',
      input(textInput({ max_length: 3_001 })),
      'must be less than or equal to 3000',
    ],
    [
      'an input without a label',
      'modal',
      { type: 'input', element: textInput() },
      'missing required field: label',
    ],
    [
      'markdown of 12,001 characters',
      'message',
      { type: 'markdown', text: 'x'.repeat(12_001) },
      'must be less than 12001 characters',
    ],
    ['markdown in a modal', 'modal', { type: 'markdown', text: 'x' }, 'unsupported type: markdown'],
    [
      'feedback on the Home tab',
      'home',
      { type: 'context_actions', elements: [feedback()] },
      'unsupported type: context_actions',
    ],
    ['a table in a modal', 'modal', table([[cell('x')]]), 'unsupported type: table'],
    ['a plan in a modal', 'modal', { type: 'plan', title: 'x' }, 'unsupported type: plan'],
    ['an alert in a message', 'message', { type: 'alert', text: plain('x') }, 'unsupported type: alert'],
    [
      '6 context actions',
      'message',
      {
        type: 'context_actions',
        elements: Array.from({ length: 6 }, (_, index) => feedback({ action_id: `${index}` })),
      },
      'no more than 5 items allowed',
    ],
    [
      'feedback with one button',
      'message',
      { type: 'context_actions', elements: [{ ...feedback(), negative_button: undefined }] },
      'missing required field: negative_button',
    ],
    [
      '101 rows',
      'message',
      table(Array.from({ length: 101 }, () => [cell('x')])),
      'no more than 100 items allowed',
    ],
    [
      '21 columns',
      'message',
      table([Array.from({ length: 21 }, () => cell('x'))]),
      'no more than 20 items allowed',
    ],
    [
      'a table of 10,001 characters',
      'message',
      table([[cell('x'.repeat(5_001)), cell('x'.repeat(5_000))]]),
      'must be less than 10001 characters',
    ],
    [
      'a long table without a caption',
      'message',
      { type: 'data_table', rows: [[cell('x')], [cell('y')]] },
      'missing required field: caption',
    ],
    [
      'a container in a container',
      'message',
      { type: 'container', title: plain('x'), child_blocks: [{ type: 'container' }] },
      'unsupported type: container [json-pointer:/blocks/0/child_blocks/0/type]',
    ],
    ['a cell of another kind', 'message', table([[mrkdwn('x')]]), 'unsupported type: mrkdwn'],
    ['a task in an unknown state', 'message', task({ status: 'done' }), 'must be a valid enum value'],
    ['details in plain words', 'message', task({ details: 'x' }), 'must be an object'],
    [
      'an image without words',
      'message',
      { type: 'image', image_url: 'https://example.com/a.png' },
      'missing required field: alt_text',
    ],
    [
      'an image from two places',
      'message',
      image({ slack_file: { id: 'F1' } }),
      'must provide either image_url or slack_file',
    ],
    [
      'an image that is nowhere',
      'message',
      { type: 'image', alt_text: 'x' },
      'must provide either image_url or slack_file',
    ],
    [
      'rich text of an unknown part',
      'message',
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'shout' }] }] },
      'unsupported type: shout',
    ],
    [
      'a card with nothing on it',
      'message',
      { type: 'card', subtitle: mrkdwn('x') },
      'must provide hero_image, title, actions or body',
    ],
    ['a video', 'message', { type: 'video' }, 'unsupported type: video [json-pointer:/blocks/0/type]'],
    ['a type of every object', 'message', { type: 'constructor' }, 'unsupported type: constructor'],
  ])('refuses %s (%s)', (_what, surface, block, problem) => {
    expect(validateBlocks([block], surface).join('\n')).toContain(`[ERROR] ${problem}`);
  });

  it.each<[BlockSurface, number]>([
    ['message', 50],
    ['modal', 100],
    ['home', 100],
  ])('takes so many blocks in a %s: %i', (surface, maximum) => {
    const blocks = (count: number) => Array.from({ length: count }, () => ({ type: 'divider' }));
    expect(validateBlocks(blocks(maximum), surface)).toEqual([]);
    expect(validateBlocks(blocks(maximum + 1), surface)).toEqual([
      `[ERROR] no more than ${maximum} items allowed [json-pointer:/blocks]`,
    ]);
  });

  it('refuses a block id that another block has, and a second table', () => {
    expect(validateBlocks([section({ block_id: 'a' }), section({ block_id: 'a' })])).toEqual([
      '[ERROR] block_id already exists: a [json-pointer:/blocks/1/block_id]',
    ]);
    expect(validateBlocks([table([[cell('x')]]), table([[cell('x')]])])).toEqual([
      '[ERROR] only_one_table_allowed [json-pointer:/blocks/1]',
    ]);
  });

  it('points below the place that it is told', () => {
    expect(validateBlocks([{ type: 'x' }], 'modal', '/view/blocks')).toEqual([
      '[ERROR] unsupported type: x [json-pointer:/view/blocks/0/type]',
    ]);
    expect(validateBlocks('x')).toEqual(['[ERROR] must be an array [json-pointer:/blocks]']);
  });
});

describe('countBlockText', () => {
  it('counts text wherever it stands', () => {
    const blocks = [
      section({ text: mrkdwn('12345') }),
      { type: 'markdown', text: '123' },
      table([[cell('12')]]),
    ];
    expect(countBlockText(blocks)).toBe(10);
  });
});
