import type { Defect } from '../defect.ts';

/** Broken promises about what is offered and suggested. */
export const offerDefects: readonly Defect[] = [
  {
    name: 'nodes are suggested to who may not list them',
    file: 'packages/agents/src/desk/suggest.ts',
    find: "ranked.length === 0 || !(await mayList(connection, principal, 'Node', undefined))",
    replace: 'ranked.length === 0',
    suite: 'packages/agents/src/desk/suggest',
  },
  {
    name: 'nodes are suggested before anybody has typed anything',
    file: 'packages/agents/src/desk/suggest.ts',
    find: "query.trim() === '' ? [] : rankMatches(Node",
    replace: 'rankMatches(Node',
    suite: 'packages/agents/src/desk/suggest',
  },
  {
    name: 'the facts of a replayed decision end in a full stop and a semicolon',
    file: 'packages/agents/src/commands/describe-decision.ts',
    find: "index < facts.length - 1 ? fact.replace(/\\.$/, '') : fact",
    replace: 'index < 0 ? fact.trim() : fact',
    suite: 'packages/agents/src/commands/replay',
  },
];
