import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { MessageStream } from '../message-stream.ts';
import { SlackWorkspace } from '../workspace.ts';
import { renderConversation } from './render-conversation.ts';
import { renderHome, renderView } from './render-view.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (label: string, more: object = {}) => ({
  type: 'button',
  action_id: label,
  text: plain(label),
  ...more,
});
const HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'&';

const clock = new FakeClock();

function aWorkspace(): SlackWorkspace {
  const workspace = new SlackWorkspace(clock);
  workspace.addChannel('C1', { name: 'ops' });
  workspace.addUser('U1', { name: 'Ada' });
  return workspace;
}

/** The page of a conversation in which the bot wrote this. */
function pageOf(...blocks: readonly Record<string, unknown>[]): string {
  const workspace = aWorkspace();
  write(workspace, { blocks });
  return renderConversation(workspace, 'C1');
}

function write(
  workspace: SlackWorkspace,
  message: Partial<Parameters<SlackWorkspace['addMessage']>[0]>,
): string {
  const defaults = { channel: 'C1', user: workspace.botUserId, isOurs: true, text: 'fallback', blocks: [] };
  return workspace.addMessage({ ...defaults, ...message }).ts;
}

describe('renderConversation', () => {
  it('shows replies in their thread, in order, after the root', () => {
    const workspace = aWorkspace();
    const root = write(workspace, { user: 'U1', isOurs: false, text: 'first root' });
    write(workspace, { user: 'U1', isOurs: false, text: 'second root' });
    write(workspace, { threadTs: root, text: 'a reply' });
    const page = renderConversation(workspace, 'C1');
    const at = ['first root', '1 reply', 'a reply', 'second root'].map((words) => page.indexOf(words));
    expect(at).toEqual(at.toSorted((one, other) => one - other));
    expect(at).not.toContain(-1);
    expect(page).toMatch(/<div class="thread">.*a reply.*<\/div>/s);
  });

  it('marks what only one person sees, what was edited, reactions, and the status of a thread', () => {
    const workspace = aWorkspace();
    const ts = write(workspace, { user: 'U1', isOurs: false, text: 'why?' });
    const message = workspace.findMessage('C1', ts);
    message?.reactions.push('eyes');
    if (message !== undefined) message.edits = 1;
    workspace.statuses.set(`C1:${ts}`, { text: 'is reading the logs', loadingMessages: [] });
    workspace.ephemerals.push({
      ts: workspace.nextTs('C1'),
      channel: 'C1',
      user: 'U1',
      text: 'psst',
      blocks: [],
    });
    const page = renderConversation(workspace, 'C1');
    expect(page).toContain('Only visible to you (Ada)');
    expect(page).toContain('(edited)');
    expect(page).toContain(':eyes:');
    expect(page).toContain('is reading the logs');
  });

  it.each([
    ['bold', 'a *b c* d', 'a <b>b c</b> d'],
    ['italics', '_x_', '<i>x</i>'],
    ['nested styles', '*a _b_*', '<b>a <i>b</i></b>'],
    ['no style within a word', 'snake_case_name', 'snake_case_name'],
    ['code, whose marks stay', '`*a*`', '<code>*a*</code>'],
    ['a fence', '```\na < b\n```', '<pre>a &lt; b</pre>'],
    ['a link with words', '<https://x.test/a?b=1|the log>', '<a href="https://x.test/a?b=1"'],
    ['a mention', '<@U1>', '<span class="mention">@Ada</span>'],
    ['a channel', '<#C1>', '<span class="mention">#ops</span>'],
    ['a mass mention', '<!channel>', '<span class="mention">@channel</span>'],
    ['a date', '<!date^0^{date_num} {time}|long ago>', '<time title="long ago">1970-01-01 00:00</time>'],
    ['an unknown date token', '<!date^0^{when}|long ago>', '>long ago</time>'],
    ['an emoji by its name', ':warning: hot', ':warning: hot'],
    ['a quote', '&gt; said', '<blockquote>said</blockquote>'],
    ['escaped signs', 'a &lt; b &amp;&amp; c', 'a &lt; b &amp;&amp; c'],
  ])('shows %s', (_what, text, expected) => {
    expect(pageOf(section(text))).toContain(expected);
  });

  it('shows every kind of block that we use', () => {
    const page = pageOf(
      { type: 'header', text: plain('Health') },
      { type: 'divider' },
      { ...section('With a button'), accessory: button('Open', { style: 'primary' }) },
      { type: 'section', fields: [mrkdwn('*Left*'), mrkdwn('Right')] },
      { type: 'context', elements: [mrkdwn('small print')] },
      { type: 'image', image_url: 'https://x.test/a.png', alt_text: 'CPU rises', title: plain('CPU') },
      {
        type: 'actions',
        elements: [
          button('Delete', {
            style: 'danger',
            confirm: {
              title: plain('Sure?'),
              text: plain('It goes.'),
              confirm: plain('Yes'),
              deny: plain('No'),
            },
          }),
          {
            type: 'static_select',
            action_id: 's',
            placeholder: plain('Which?'),
            options: [{ text: plain('cart'), value: 'c' }],
          },
          { type: 'overflow', action_id: 'o', options: [{ text: plain('Mute'), value: 'm' }] },
        ],
      },
      {
        type: 'context_actions',
        elements: [
          {
            type: 'feedback_buttons',
            action_id: 'f',
            positive_button: { text: plain('Good'), value: 'y' },
            negative_button: { text: plain('Bad'), value: 'n' },
          },
        ],
      },
      {
        type: 'table',
        column_settings: [{}, { align: 'right' }],
        rows: [
          [
            { type: 'raw_text', text: 'Pod' },
            { type: 'raw_text', text: 'Restarts' },
          ],
          [
            { type: 'raw_text', text: 'cart-1' },
            { type: 'raw_text', text: '7' },
          ],
        ],
      },
      { type: 'markdown', text: '# Title\n\n- **one**\n- `two`\n\n| A | B |\n|---|---|\n| 1 | 2 |' },
      { type: 'hologram' },
    );
    for (const piece of [
      '<h3>Health</h3>',
      '<hr>',
      'class="button primary"',
      '<b>Left</b>',
      'small print',
      'aria-label="CPU rises"',
      'class="button danger"',
      'Asks first: Sure?',
      '<span class="placeholder">Which?</span>',
      '<li>Mute</li>',
      'Good',
      'Bad',
      '<th class="left">Pod</th><th class="right">Restarts</th>',
      '<td class="right">7</td>',
      '<p class="heading">Title</p>',
      '<li><b>one</b></li>',
      '<td class="left">2</td>',
      'Block of kind hologram',
    ]) {
      expect(page).toContain(piece);
    }
    expect(page).not.toContain('<img');
  });

  it('shows the cards of a stream where they appeared, with their states, and that it is still written', () => {
    const workspace = aWorkspace();
    const root = write(workspace, { user: 'U1', isOurs: false, text: 'why?' });
    const stream = new MessageStream({ clock, lifetimeMs: 300_000, displayMode: 'timeline' });
    stream.append([
      { type: 'task_update', id: '1', title: 'Checking pods', status: 'complete', output: '16 pods' },
      { type: 'task_update', id: '2', title: 'Reading logs', status: 'error' },
      { type: 'markdown_text', text: 'It is **the config**.' },
    ]);
    write(workspace, { threadTs: root, stream });
    const page = renderConversation(workspace, 'C1');
    expect(page).toMatch(
      /task complete.*Checking pods.*16 pods.*task error.*Reading logs.*<b>the config<\/b>/s,
    );
    expect(page).toContain('Still writing…');
    stream.stop('person');
    expect(renderConversation(workspace, 'C1')).toContain('Stopped');
  });

  it('shows a file with its title and its first lines', () => {
    const workspace = aWorkspace();
    const file = workspace.addFile({ name: 'log.txt', expectedBytes: 90 });
    file.title = 'Log of cart';
    file.text = Array.from({ length: 12 }, (_, index) => `line ${index}`).join('\n');
    write(workspace, { text: '', files: [file] });
    const page = renderConversation(workspace, 'C1');
    expect(page).toContain('Log of cart');
    expect(page).toContain('line 7');
    expect(page).not.toContain('line 8');
    expect(page).toContain('4 more lines');
  });

  it('lets no hostile text out of its place, wherever it stands', () => {
    const workspace = aWorkspace();
    workspace.addChannel('C2', { name: HOSTILE });
    workspace.addUser('U2', { name: HOSTILE });
    const options = [{ text: plain(HOSTILE), value: HOSTILE }];
    const blocks = [
      section(`${HOSTILE} *${HOSTILE}* \`${HOSTILE}\` <javascript:alert(1)|${HOSTILE}> <@${HOSTILE}>`),
      section(`<https://x.test/" onmouseover="alert(1)|x> <!date^0^{time}|" onclick="x>`),
      {
        type: 'markdown',
        text: `${HOSTILE}\n# ${HOSTILE}\n[${HOSTILE}](javascript:alert(1))\n| ${HOSTILE} | x |`,
      },
      { type: `"><script>`, text: HOSTILE },
      { type: 'image', alt_text: HOSTILE, image_url: HOSTILE },
      { type: 'actions', elements: [button(HOSTILE, { style: HOSTILE, accessibility_label: HOSTILE })] },
      { type: 'actions', elements: [{ type: 'static_select', placeholder: plain(HOSTILE), options }] },
      { type: 'table', column_settings: [{ align: HOSTILE }], rows: [[{ type: 'raw_text', text: HOSTILE }]] },
      { type: 'task_card', title: HOSTILE, status: HOSTILE, sources: [{ url: HOSTILE, text: HOSTILE }] },
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: HOSTILE },
              { type: 'link', url: 'javascript:alert(1)', text: 'x' },
            ],
          },
        ],
      },
    ];
    write(workspace, { channel: 'C2', user: 'U2', text: HOSTILE });
    write(workspace, { channel: 'C2', blocks });
    workspace.findMessage('C2', workspace.messagesOf('C2')[0]?.ts ?? '')?.reactions.push(HOSTILE);
    const page = renderConversation(workspace, 'C2');
    const tags = new Set(page.match(/<[a-z][a-z0-9]*/g));
    expect([...tags].filter((tag) => ['<script', '<img', '<iframe', '<object'].includes(tag))).toEqual([]);
    // What stands within quotes is words; what stands outside is what the browser obeys.
    const bare = page.replace(/"[^"]*"/g, '""');
    expect(bare.match(/<[^>]*\son\w+=[^>]*>/g)).toBeNull();
    expect(page).not.toMatch(/href="(?!https?:|mailto:)/);
  });

  it('loads nothing and runs nothing', () => {
    const page = pageOf(section('x'), { type: 'image', alt_text: 'a', image_url: 'https://x.test/a.png' });
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/<(script|link|img)|\ssrc=|url\(/);
  });
});

describe('renderView and renderHome', () => {
  const form = {
    type: 'modal',
    title: plain('Edit'),
    submit: plain('Save'),
    blocks: [
      {
        type: 'input',
        block_id: 'replicas',
        label: plain('Replicas'),
        hint: plain('A whole number.'),
        element: { type: 'number_input', action_id: 'n', initial_value: '3' },
      },
      {
        type: 'input',
        block_id: 'extras',
        optional: true,
        label: plain('Extras'),
        element: {
          type: 'checkboxes',
          action_id: 'c',
          options: [{ text: plain('Dry Run'), value: 'dry' }],
        },
      },
    ],
  };

  it('show what is filled in, what was there before, and what the app found wrong', () => {
    const workspace = aWorkspace();
    const view = workspace.views.open('U1', form);
    expect(renderView(workspace, view)).toContain('<span class="input">3</span>');
    view.values = { replicas: { n: { type: 'number_input', value: '12' } } };
    view.errors = { replicas: 'At most 9.' };
    const page = renderView(workspace, view);
    for (const piece of [
      '<h2>Edit</h2>',
      '>12<',
      'At most 9.',
      'A whole number.',
      '☐ Dry Run',
      '(optional)',
    ]) {
      expect(page).toContain(piece);
    }
    expect(page).toMatch(/class="button primary">Save</);
  });

  it('show the Home tab of a person, and refuse an empty one', () => {
    const workspace = aWorkspace();
    expect(() => renderHome(workspace, 'U1')).toThrow(/empty/);
    workspace.views.publish('U1', { type: 'home', blocks: [section('*Waiting for you*')] });
    expect(renderHome(workspace, 'U1')).toContain('<b>Waiting for you</b>');
  });
});
