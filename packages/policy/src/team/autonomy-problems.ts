import type { TeamPolicy } from './team-policy-schema.ts';

/** What in `autonomy` could be read in two ways, or would do nothing; each with where it stands. Pure. */
export function autonomyProblems({ autonomy }: Pick<TeamPolicy, 'autonomy'>): readonly string[] {
  const firstNamed = new Map<string, number>();
  const problems: string[] = [];
  for (const [index, { namespaces, nodes, remediations }] of autonomy.entries()) {
    const place = `autonomy[${index}]`;
    for (const subject of [
      ...new Set(namespaces.map((name) => `namespace ${name}`)),
      ...(nodes ? ['nodes'] : []),
    ]) {
      const first = firstNamed.get(subject);
      if (first === undefined) firstNamed.set(subject, index);
      else
        problems.push(
          `${place}: ${subject} stands in autonomy[${first}] too; one entry has to say what holds`,
        );
    }
    const cordons = remediations.includes('cordon-node');
    if (cordons && !nodes) problems.push(`${place}: cordon-node changes nodes; add nodes: true to allow it`);
    if (nodes && !cordons)
      problems.push(`${place}: nodes: true allows nothing without cordon-node among the remediations`);
    if (namespaces.length > 0 && remediations.every((each) => each === 'cordon-node')) {
      problems.push(
        `${place}: cordon-node changes no namespace; leave the namespaces out, or name more remediations`,
      );
    }
  }
  return problems;
}
