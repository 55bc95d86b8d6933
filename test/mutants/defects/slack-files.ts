import type { Defect } from '../defect.ts';

const FILES = 'packages/slack/src/files/slack-files.ts';
const SUITE = 'packages/slack/src/files';
const CHOICE = 'apps/bot/src/listeners/files/choose-manifest-file.ts';
const BOT = 'apps/bot/src/listeners/files';

/** Broken promises about files that people upload to Slack. */
export const slackFileDefects: readonly Defect[] = [
  {
    name: 'the token of Slack goes to any host that an event names',
    file: FILES,
    find: "address !== null && address.origin === origin && address.username === ''",
    replace: 'address !== null',
    suite: SUITE,
  },
  {
    name: 'a file is read to its end, however long it is',
    file: FILES,
    find: '      if (length > maxBytes) break;\n',
    replace: '',
    suite: SUITE,
  },
  {
    name: 'a redirect of Slack is followed with the token',
    file: FILES,
    find: "redirect: 'manual'",
    replace: "redirect: 'follow'",
    suite: SUITE,
  },
  {
    name: 'bytes that are no text are read as a manifest',
    file: FILES,
    find: 'if (isUtf8(bytes) && !bytes.includes(0)) return',
    replace: 'return',
    suite: SUITE,
  },
  {
    name: 'a file beside a question is applied',
    file: CHOICE,
    find: 'if (!APPLY.test(text) || data.length === 0)',
    replace: 'if (data.length === 0)',
    suite: BOT,
  },
  {
    name: 'the first of several files is applied',
    file: CHOICE,
    find: '  if (more.length > 0) {',
    replace: '  if (more.length > 9) {',
    suite: BOT,
  },
];
