import type { Defect } from '../defect.ts';

/** The Home tab, forms, and selects with search. */
export const slackSurfaceDefects: readonly Defect[] = [
  {
    name: 'a form whose button is pressed twice is two requests',
    file: 'packages/slack/src/receiver/delivery-keys.ts',
    find: 'submissionKey(payload) ?? ',
    replace: '',
    suite: 'packages/slack/src/receiver/delivery-keys',
  },
  {
    name: 'a form is acknowledged before it is stored',
    file: 'packages/slack/src/receiver/take-delivery.ts',
    find: 'if (answer === undefined || answer.isStored) await events.store(payload);',
    replace: 'if (answer === undefined) await events.store(payload);',
    suite: 'packages/slack/src/receiver/take-delivery',
  },
  {
    name: 'what is to be corrected in a form is named at a block that Slack does not show',
    file: 'packages/slack/src/views/modals/validate-submission.ts',
    find: 'submission.blockIds[field] ?? field',
    replace: 'field',
    suite: 'packages/slack/src/receiver/answer-delivery',
  },
  {
    name: 'suggestions name workloads that a person may not read',
    file: 'packages/agents/src/desk/suggest.ts',
    find: 'if (await mayRead(connection, person, undefined)) return items.slice(0, limit);',
    replace: 'return items.slice(0, limit);',
    suite: 'packages/agents/src/desk/suggest',
  },
  {
    name: 'the Home tab shows findings that a person may not read',
    file: 'packages/agents/src/desk/home/home-clusters.ts',
    find: 'const readable = mayReadAll ? open : await readableCauses(connection, person, open);',
    replace: 'const readable = open;',
    suite: 'packages/agents/src/desk/home',
  },
  {
    name: 'the Home tab offers plans that a person may not decide',
    file: 'packages/operations/src/approval/list-decidable.ts',
    find: "kind === 'approve' ? 'may' : 'may_not'",
    replace: "kind === 'approve' ? 'may' : 'may'",
    suite: 'packages/agents/src/desk/home',
  },
  {
    name: 'a cluster that hangs keeps the Home tab waiting',
    file: 'packages/agents/src/desk/home/in-time.ts',
    find: 'const timed = await Promise.race([working, late]);',
    replace: 'const timed = await working.finally(() => late);',
    suite: 'packages/agents/src/desk/home',
  },
  {
    name: 'what others wrote completes a change',
    file: 'packages/agents/src/jamie/read-about.ts',
    find: " || findCommand(intent.kind)?.tier !== 'read'",
    replace: '',
    suite: 'packages/agents/src/jamie/read-about',
  },
  {
    name: 'a Home tab is shown with every change',
    file: 'apps/bot/src/listeners/home/home-tabs.ts',
    find: 'if (tab.isDue || this.#stopping.signal.aborted) return;',
    replace: 'if (this.#stopping.signal.aborted) return;',
    suite: 'apps/bot/src/listeners/home',
  },
  {
    name: 'options beyond the hundredth cannot be chosen',
    file: 'packages/slack/src/views/offers-view.ts',
    find: '.filter(({ text }) => words.every((word) => text.includes(word)));',
    replace: '.slice(0, 100).filter(({ text }) => words.every((word) => text.includes(word)));',
    suite: 'packages/slack/src/views/offers-view',
  },
  {
    name: 'a secret in a message comes along with the question',
    file: 'apps/bot/src/listeners/ask/read-message-text.ts',
    find: 'return redactSecrets(text.slice(0, MAX_CHARACTERS * 4))',
    replace: 'return text.slice(0, MAX_CHARACTERS * 4)',
    suite: 'apps/bot/src/listeners/ask',
  },
  {
    name: 'the Home tab says that all is well where nothing could be seen',
    file: 'packages/slack/src/views/home/home-clusters-view.ts',
    find: "unchecked.length === 0 && state === 'reachable'",
    replace: 'true',
    suite: 'packages/slack/src/views/home',
  },
];
