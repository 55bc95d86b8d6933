import { describe, expect, it } from '@jest/globals';
import { type BlockSurface, validateBlocks } from './block-kit-validator.ts';
import {
  actions,
  button,
  cell,
  confirm,
  feedback,
  image,
  input,
  mrkdwn,
  option,
  options,
  type Part,
  plain,
  richText,
  section,
  table,
  task,
  textInput,
} from './block-parts.fixture.ts';

describe('validateBlocks', () => {
  it.each<[string, BlockSurface, Part]>([
    [
      'a section with fields and a button',
      'message',
      section({ fields: [mrkdwn('a')], accessory: button() }),
    ],
    ['a section with an image', 'home', section({ accessory: image(), expand: true })],
    ['a header', 'modal', { type: 'header', text: plain('x') }],
    ['a context of text and images', 'message', { type: 'context', elements: [mrkdwn('x'), image()] }],
    ['a dangerous button with a question', 'message', actions(button({ style: 'danger', confirm }))],
    ['an overflow menu', 'message', actions({ type: 'overflow', action_id: 'o', options: options(2) })],
    [
      'a select with groups',
      'modal',
      input({ type: 'static_select', option_groups: [{ label: plain('g'), options: options(1) }] }),
    ],
    [
      'a select with search',
      'home',
      section({ accessory: { type: 'external_select', action_id: 'e', min_query_length: 0 } }),
    ],
    [
      'a select of several',
      'modal',
      input({
        type: 'multi_static_select',
        options: options(2),
        initial_options: [option('o1')],
        max_selected_items: 2,
      }),
    ],
    [
      'selects of people and channels',
      'message',
      actions(
        { type: 'users_select', initial_user: 'U1' },
        { type: 'conversations_select', filter: { include: ['im'] } },
      ),
    ],
    [
      'radio buttons with marked-up text',
      'modal',
      input({ type: 'radio_buttons', options: [{ text: mrkdwn('*a*'), value: 'a' }] }),
    ],
    [
      'checkboxes in a section',
      'home',
      section({ accessory: { type: 'checkboxes', action_id: 'c', options: options(10) } }),
    ],
    [
      'date and time pickers',
      'modal',
      actions(
        { type: 'datepicker', initial_date: '2026-08-02' },
        { type: 'timepicker', initial_time: '23:59' },
      ),
    ],
    [
      'a long text input',
      'modal',
      input(textInput({ multiline: true, max_length: 3_000 }), { optional: true, hint: plain('h') }),
    ],
    [
      'a number input',
      'modal',
      input({ type: 'number_input', is_decimal_allowed: false, min_value: '0', max_value: '10' }),
    ],
    ['an alert', 'modal', { type: 'alert', text: plain('x'), level: 'warning' }],
    ['markdown', 'message', { type: 'markdown', text: '# x' }],
    [
      'a table with headings',
      'message',
      table(
        [
          [cell('pod'), richText('restarts')],
          [cell('a'), { type: 'raw_number', value: 3, text: '3' }],
        ],
        { column_settings: [{ align: 'right', is_wrapped: true }] },
      ),
    ],
    [
      'a long table with a caption',
      'message',
      { type: 'data_table', caption: 'Pods', rows: Array.from({ length: 201 }, () => [cell('x')]) },
    ],
    ['a container', 'message', { type: 'container', title: plain('x'), child_blocks: [section()] }],
    [
      'a task card',
      'message',
      task({ details: richText('x'), sources: [{ type: 'url', url: 'https://example.com', text: 'x' }] }),
    ],
    ['a plan', 'message', { type: 'plan', title: 'Worked for 2 s', tasks: [task()] }],
    ['feedback', 'message', { type: 'context_actions', elements: [feedback()] }],
    ['an image from Slack', 'message', { type: 'image', alt_text: 'x', slack_file: { id: 'F1' } }],
    ['a remote file', 'message', { type: 'file', source: 'remote', external_id: 'x' }],
    ['a card', 'message', { type: 'card', title: mrkdwn('x'), actions: [button()] }],
  ])('takes %s (%s)', (_what, surface, block) => {
    expect(validateBlocks([block], surface)).toEqual([]);
  });
});
