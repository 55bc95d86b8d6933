import type { Defect } from '../defect.ts';

const EMULATOR = 'packages/testing/src/slack-emulator';

/** Ways in which the emulated Slack could be kinder than Slack, so that tests prove less than they seem to. */
export const emulatorApiDefects: readonly Defect[] = [
  {
    name: 'an emulated stream never gets too old',
    file: `${EMULATOR}/message-stream.ts`,
    find: "this.#clock.now() - this.startedAt >= this.#lifetimeMs ? 'expired' : 'streaming'",
    replace: "'streaming'",
    suite: `${EMULATOR}/api-streams`,
  },
  {
    name: 'an emulated stream goes on after a person pressed stop',
    file: `${EMULATOR}/api-streams.ts`,
    find: "if (stream?.state === 'stopped_by_user') return { refusal: refuse('stopped_by_user') };",
    replace: '',
    suite: `${EMULATOR}/api-streams`,
  },
  {
    name: 'the emulated Slack lets a living stream be changed with chat.update',
    file: `${EMULATOR}/api-chat.ts`,
    find: "if (message.stream?.state === 'streaming') return refuse('streaming_state_conflict');",
    replace: '',
    suite: `${EMULATOR}/api-streams`,
  },
  {
    name: 'a refresh token of the emulated Slack works twice',
    file: `${EMULATOR}/token-desk.ts`,
    find: '    this.#refreshers.delete(refreshToken);\n',
    replace: '',
    suite: `${EMULATOR}/api-oauth`,
  },
  {
    name: 'an uninstalled app keeps its token in the emulated Slack',
    file: `${EMULATOR}/api-oauth.ts`,
    find: "context.tokens.endAll(workspace, 'account_inactive');",
    replace: '',
    suite: `${EMULATOR}/api-oauth`,
  },
  {
    name: 'every token opens the first emulated workspace',
    file: `${EMULATOR}/api-server.ts`,
    find: "options.contextOf(found?.kind === 'bot' ? found.workspace : undefined, given)",
    replace: 'options.contextOf(undefined, given)',
    suite: `${EMULATOR}/api-oauth`,
  },
  {
    name: 'the emulated Slack forgets how fast posts come',
    file: `${EMULATOR}/post-bucket.ts`,
    find: 'level: isThere ? level - 1 : level',
    replace: 'level: POST_BURST',
    suite: `${EMULATOR}/(tiers|api-chat)`,
  },
  {
    name: 'a view that changed meanwhile is overwritten in the emulated Slack',
    file: `${EMULATOR}/api-views.ts`,
    find: 'return hash !== undefined && hash !== view.hash;',
    replace: 'return false;',
    suite: `${EMULATOR}/api-views`,
  },
  {
    name: 'the validator waves a kind of block through that it does not know',
    file: `${EMULATOR}/block-kit/check.ts`,
    find: 'const check = Object.hasOwn(checks, type) ? checks[type] : undefined;',
    replace: 'const check = Object.hasOwn(checks, type) ? checks[type] : () => [];',
    suite: `${EMULATOR}/block-kit-validator`,
  },
  {
    name: 'a status of the emulated Slack stays for ever',
    file: `${EMULATOR}/agent-surface.ts`,
    find: 'if (this.#clock.now() - line.setAt >= STATUS_LIFE_MS) this.#lines.delete(thread);',
    replace: 'if (line.setAt < 0) this.#lines.delete(thread);',
    suite: `${EMULATOR}/api-agents`,
  },
];
