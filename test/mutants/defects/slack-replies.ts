import type { Defect } from '../defect.ts';

/** What an answer in Slack offers and attaches: choices, follow-ups, files and tables. */
export const slackReplyDefects: readonly Defect[] = [
  {
    name: 'a file whose response was lost is uploaded again',
    file: 'packages/slack/src/notifier/attach-files.ts',
    find: ' || present.includes(file.name)',
    replace: '',
    suite: 'packages/slack/src/notifier/attach-files',
  },
  {
    name: 'a file that Slack has taken is uploaded again before Slack shows it',
    file: 'packages/slack/src/notifier/attach-files.ts',
    find: 'options.taken.has(file.name) || ',
    replace: '',
    suite: 'packages/slack/src/notifier/attach-files',
  },
  {
    name: 'a lost answer is asked for again before Slack has shared the file',
    file: 'packages/slack/src/notifier/upload-file.ts',
    find: '      retryAfterMs: SHARED_WITHIN_MS,\n',
    replace: '',
    suite: 'packages/slack/src/notifier/attach-files',
  },
  {
    name: 'two files of one message share a name',
    file: 'packages/slack/src/notifier/file-to-send.ts',
    find: 'const ID_DIGITS = 10;',
    replace: 'const ID_DIGITS = 0;',
    suite: 'packages/slack/src/notifier/file-to-send',
  },
  {
    name: 'a file that may come later is given up',
    file: 'packages/slack/src/notifier/show-at.ts',
    find: ', ...(failure && { failure }) };',
    replace: ' };',
    suite: 'packages/slack/src/notifier/attach-files',
  },
  {
    name: 'a file that was refused is missing without a word',
    file: 'packages/slack/src/notifier/show-at.ts',
    find: 'if (wasKnown || notes.length > 0) {',
    replace: 'if (wasKnown) {',
    suite: 'packages/slack/src/notifier/attach-files',
  },
  {
    name: 'a choice whose message offers something else now is carried out',
    file: 'packages/slack/src/views/command-value.ts',
    find: ' && digestOf(command) === reference.digest',
    replace: '',
    suite: 'packages/slack/src/views/command-value',
  },
  {
    name: 'a command that is too long for an option is put there all the same',
    file: 'packages/slack/src/views/command-value.ts',
    find: 'command.length <= maximum && ',
    replace: '',
    suite: 'packages/slack/src/views/command-value',
  },
  {
    name: 'a select has more options than Slack takes',
    file: 'packages/slack/src/views/offers-view.ts',
    find: 'if (offers.length <= SLACK_LIMITS.selectOptions)',
    replace: 'if (offers.length <= 10 * SLACK_LIMITS.selectOptions)',
    suite: 'packages/slack/src/views/offers-view',
  },
  {
    name: 'the rows of a wide table wrap',
    file: 'packages/slack/src/views/table-text.ts',
    find: 'const LINE_CHARACTERS = 110;',
    replace: 'const LINE_CHARACTERS = 150;',
    suite: 'packages/slack/src/views/table-text',
  },
  {
    name: 'a double click asks twice',
    file: 'apps/bot/src/listeners/actions/recent-clicks.ts',
    find: 'return known.inboxId;',
    replace: 'return inboxId;',
    suite: 'apps/bot/src/listeners/actions/recent-clicks',
  },
  {
    name: 'a click in a channel that others can read is answered there',
    file: 'apps/bot/src/listeners/actions/on-command-click.ts',
    find: 'if (await context.channels.isShared(click.channelId, workspace)) {',
    replace: "if (click.channelId === '') {",
    suite: 'apps/bot/src/create-bot-choices',
  },
  {
    name: 'a stranger who clicks gets what they clicked',
    file: 'apps/bot/src/listeners/actions/find-clicker.ts',
    find: '  await tellPrivately(workspace.client, recipient, verdict.message);\n  return undefined;',
    replace:
      "  await tellPrivately(workspace.client, recipient, verdict.message);\n  const kubernetes = { user: userId, groups: [] };\n  return { principal: { id: userId, displayName: userId, kubernetes, source: 'slack' }, workspace, recipient };",
    suite: 'apps/bot/src/create-bot-choices',
  },
];
