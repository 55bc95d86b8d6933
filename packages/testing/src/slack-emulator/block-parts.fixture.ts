/** A piece of Block Kit. */
export type Part = Readonly<Record<string, unknown>>;

export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const option = (text: string) => ({ text: plain(text), value: text });
export const options = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));
export const section = (more: Part = {}) => ({ type: 'section', text: mrkdwn('x'), ...more });
export const button = (more: Part = {}) => ({ type: 'button', action_id: 'b', text: plain('Go'), ...more });
export const actions = (...elements: readonly unknown[]) => ({ type: 'actions', elements });
export const input = (element: Part, more: Part = {}) => ({
  type: 'input',
  label: plain('Name'),
  element,
  ...more,
});
export const textInput = (more: Part = {}) => ({ type: 'plain_text_input', action_id: 't', ...more });
export const richText = (text: string) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text, style: { bold: true } }] }],
});
export const cell = (text: string) => ({ type: 'raw_text', text });
export const table = (rows: readonly unknown[], more: Part = {}) => ({ type: 'table', rows, ...more });
export const task = (more: Part = {}) => ({
  type: 'task_card',
  task_id: 't1',
  title: 'Check pods',
  status: 'complete',
  ...more,
});
export const feedback = (more: Part = {}) => ({
  type: 'feedback_buttons',
  action_id: 'f',
  positive_button: { text: plain('Good'), value: 'good', accessibility_label: 'Good answer' },
  negative_button: { text: plain('Bad'), value: 'bad' },
  ...more,
});
export const image = (more: Part = {}) => ({
  type: 'image',
  alt_text: 'Restarts over time',
  image_url: 'https://example.com/a.png',
  ...more,
});
export const confirm = { title: plain('Sure?'), text: mrkdwn('x'), confirm: plain('Yes'), deny: plain('No') };
export const staticSelect = { type: 'static_select', action_id: 's', options: options(3) };
