import type { Defect } from '../defect.ts';

/** What the emulated Slack brings to the app, shows to people, and lets go wrong. */
export const emulatorDeliveryDefects: readonly Defect[] = [
  {
    name: 'a response URL never wears out',
    file: 'packages/testing/src/slack-emulator/response-urls.ts',
    find: '    if (answer.status === 200) minted.uses += 1;\n',
    replace: '',
    suite: 'packages/testing/src/slack-emulator/response-urls',
  },
  {
    name: 'a response URL never expires',
    file: 'packages/testing/src/slack-emulator/response-urls.ts',
    find: 'const LIFE_MS = 30 * 60_000;',
    replace: 'const LIFE_MS = Number.POSITIVE_INFINITY;',
    suite: 'packages/testing/src/slack-emulator/response-urls',
  },
  {
    name: 'a trigger opens any number of views',
    file: 'packages/testing/src/slack-emulator/trigger-desk.ts',
    find: '    trigger.isUsed = true;\n',
    replace: '',
    suite: 'packages/testing/src/slack-emulator/views',
  },
  {
    name: 'what a modal asks for may be left out',
    file: 'packages/testing/src/slack-emulator/submission.ts',
    find: "return block['optional'] !== true;",
    replace: 'return false;',
    suite: 'packages/testing/src/slack-emulator/views',
  },
  {
    name: 'a duplicate of an envelope is not sent',
    file: 'packages/testing/src/slack-emulator/socket-hub.ts',
    find: '    if (this.#options.faults.takeDuplicate()) connection.send(frame);\n',
    replace: '',
    suite: 'packages/testing/src/slack-emulator/socket-hub',
  },
  {
    name: 'an event comes again although the app wants no more of it',
    file: 'packages/testing/src/slack-emulator/http-post.ts',
    find: ' || posted.isFinal',
    replace: '',
    suite: 'packages/testing/src/slack-emulator/http-post',
  },
  {
    name: 'text from outside becomes markup',
    file: 'packages/testing/src/slack-emulator/html/html.ts',
    find: '  return escapeHtml(String(part));',
    replace: '  return String(part);',
    suite: 'packages/testing/src/slack-emulator/html',
  },
  {
    name: 'a link of any scheme can be followed',
    file: 'packages/testing/src/slack-emulator/html/link.ts',
    find: '/^(https?:\\/\\/|mailto:)/i.test(url)',
    replace: "url !== ''",
    suite: 'packages/testing/src/slack-emulator/html',
  },
];
