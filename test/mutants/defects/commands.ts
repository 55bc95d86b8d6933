import type { Defect } from '../defect.ts';

const COMMANDS = 'packages/agents/src/commands';

/** Ways in which a command could show what its asker may not see, or look where nobody asked it to. */
export const commandDefects: readonly Defect[] = [
  {
    name: 'a plan on a cluster that cannot be asked is shown',
    file: `${COMMANDS}/plan-rights.ts`,
    find: '    return false;',
    replace: '    return true;',
    suite: `${COMMANDS}/plan.test`,
  },
  {
    name: 'the card of a plan is shown to those who may not read its namespace',
    file: `${COMMANDS}/plan.ts`,
    find: '  if (readable === undefined) {',
    replace: '  if (readable === undefined && planId === undefined) {',
    suite: `${COMMANDS}/plan.test`,
  },
  {
    name: 'audit records of namespaces that the person may not read are shown',
    file: `${COMMANDS}/audit.ts`,
    find: 'entry.planId === undefined || plans.has(entry.planId)',
    replace: 'entry.planId === undefined || plans.has(entry.planId) || known.length > 0',
    suite: `${COMMANDS}/audit.test`,
  },
  {
    name: 'what people asked in words is listed in the audit',
    file: `${COMMANDS}/audit.ts`,
    find: '    kindPrefixes: AUDITED_KINDS,\n',
    replace: "    kindPrefixes: [...AUDITED_KINDS, 'request.'],\n",
    suite: `${COMMANDS}/audit.test`,
  },
  {
    name: 'the audit holds everybody up while it is verified',
    file: 'packages/agents/src/audit/read-in-pages.ts',
    find: '    await othersHadTheirTurn();',
    replace: '    await Promise.resolve(othersHadTheirTurn);',
    suite: `${COMMANDS}/audit.test`,
  },
  {
    name: 'use tells of a namespace that the person may not read',
    file: `${COMMANDS}/check-namespace.ts`,
    find: 'if (isReadable && (!isListed || known.includes(namespace)))',
    replace: 'if (!isListed || known.includes(namespace))',
    suite: `${COMMANDS}/use.test`,
  },
  {
    name: 'use suggests a namespace that the person may not read',
    file: `${COMMANDS}/check-namespace.ts`,
    find: 'return near !== undefined && (await mayRead(connection, person, near)) ? near : undefined;',
    replace:
      'return near !== undefined && connection !== undefined && person !== undefined ? near : undefined;',
    suite: `${COMMANDS}/use.test`,
  },
  {
    name: 'a default namespace follows to a cluster for which it was not set',
    file: `${COMMANDS}/defaults-in-force.ts`,
    find: 'return isElsewhere ? undefined : defaults?.namespace;',
    replace: 'return isElsewhere ? defaults.namespace : defaults?.namespace;',
    suite: `${COMMANDS}/defaults-in-force.test`,
  },
  {
    name: 'a remark is made again in the same conversation',
    file: `${COMMANDS}/light-touch.ts`,
    find: "return body.reply.tone === 'error' || body.reply.sections.some(hasTouch);",
    replace: "return body.reply.tone === 'error' || body.reply.sections.every(hasTouch);",
    suite: `${COMMANDS}/light-touch.test`,
  },
];
