import type { Defect } from '../defect.ts';

const BOT = 'apps/bot/src';
const PLANS = `${BOT}/listeners/plans`;
const OPERATIONS = 'packages/operations/src';
const AGENTS = 'packages/agents/src';
const SLACK = 'packages/slack/src';

/** Ways in which an edit could leave two plans, a form could decide what it must not, or a card could stay behind. */
export const slackPlanDefects: readonly Defect[] = [
  {
    name: 'an edit leaves the plan that it replaces waiting',
    file: `${OPERATIONS}/editing/edit-plan.ts`,
    find: 'changes: [...newPlanChanges(fresh.record), ...move.changes],',
    replace: 'changes: newPlanChanges(fresh.record),',
    suite: `${OPERATIONS}/editing`,
  },
  {
    name: 'an edited plan keeps the requester of the plan that it replaces',
    file: `${OPERATIONS}/editing/edit-plan.ts`,
    find: 'const fresh = await makePlan(context, { ...rest, cluster,',
    replace: 'const fresh = await makePlan(context, { ...rest, requester: old.plan.requester, cluster,',
    suite: `${OPERATIONS}/editing`,
  },
  {
    name: 'anybody may edit a plan',
    file: 'packages/policy/src/edit.ts',
    find: 'attempt.principal.id === plan.requester.id || attempt.access.allowed',
    replace: 'attempt.principal.id !== ""',
    suite: 'packages/policy',
  },
  {
    name: 'an edit takes what is no whole number',
    file: `${OPERATIONS}/editing/apply-edit.ts`,
    find: 'return DIGITS.test(text) && Number(text) >= field.minimum && Number(text) <= field.maximum;',
    replace:
      'return DIGITS.test(text.trim()) || (Number(text) >= field.minimum && Number(text) <= field.maximum);',
    suite: `${OPERATIONS}/editing`,
  },
  {
    name: 'a form denies a plan by its id alone, whatever the card showed',
    file: `${PLANS}/on-deny-click.ts`,
    find: "card.status !== 'awaiting_approval' || card.planHash !== action.planHash",
    replace: "card.status !== 'awaiting_approval'",
    suite: `${BOT}/create-bot-plans`,
  },
  {
    name: 'a click on Deny denies before anybody is asked why',
    file: `${PLANS}/on-deny-click.ts`,
    find: "if (card.status !== 'awaiting_approval' ||",
    replace: "if (card.status === 'awaiting_approval' ||",
    suite: `${BOT}/create-bot-plans`,
  },
  {
    name: 'a form that Slack no longer opens ends in silence',
    file: `${PLANS}/on-deny-click.ts`,
    find: "if (outcome === 'opened') return;",
    replace: 'if (outcome !== undefined) return;',
    suite: `${BOT}/create-bot-plans`,
  },
  {
    name: 'a button of an earlier version ends in silence',
    file: `${BOT}/inbox/inbox-receiver.ts`,
    find: 'if (!ticket.isTaken) await',
    replace: 'if (ticket.id === "") await',
    suite: `${BOT}/create-bot-plans`,
  },
  {
    name: 'a workspace without thumbs gets its answers as plain text',
    file: `${SLACK}/notifier/decide-fallback.ts`,
    find: 'if (tried.hasThumbs && refusesThumbs(word, error))',
    replace: 'if (tried.isDirect && refusesThumbs(word, error))',
    suite: `${SLACK}/notifier`,
  },
  {
    name: 'a verdict on an answer counts as often as somebody clicks',
    file: `${AGENTS}/desk/record-feedback.ts`,
    find: 'const isRepeat = earlier !== undefined && sayTheSame(earlier.details, details);',
    replace: 'const isRepeat = earlier !== undefined && !sayTheSame(earlier.details, details);',
    suite: `${AGENTS}/desk/record-feedback`,
  },
  {
    name: 'no card is painted anew after a start',
    file: `${AGENTS}/desk/repaint-all.ts`,
    find: 'slack: { ...slack, shownVersion: 0 }',
    replace: 'slack: { ...slack, shownVersion: version + 1_000 }',
    suite: `${AGENTS}/desk/repaint-all`,
  },
];
