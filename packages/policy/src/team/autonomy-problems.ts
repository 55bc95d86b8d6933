import type { TeamPolicy } from './team-policy-schema.ts';

type Entry = TeamPolicy['autonomy'][number];

/** What in `autonomy` could be read in two ways, or would do nothing; each with where it stands. Pure. */
export function autonomyProblems({ autonomy }: Pick<TeamPolicy, 'autonomy'>): readonly string[] {
  const firstNamed = new Map<string, number>();
  const problems: string[] = [];
  for (const [index, entry] of autonomy.entries()) {
    const place = `autonomy[${index}]`;
    for (const subject of subjectsOf(entry)) {
      const first = firstNamed.get(subject);
      if (first === undefined) firstNamed.set(subject, index);
      else problems.push(`${place}: ${subject} in autonomy[${first}] too; one entry has to say what holds`);
    }
    problems.push(...uselessParts(entry).map((problem) => `${place}: ${problem}`));
  }
  return problems;
}

function subjectsOf({ namespaces, nodes }: Entry): readonly string[] {
  const named = [...new Set(namespaces)].map((namespace) => `namespace ${namespace} stands`);
  return nodes ? [...named, 'nodes: true stands'] : named;
}

function uselessParts({ namespaces, nodes, remediations }: Entry): readonly string[] {
  const cordons = remediations.includes('cordon-node');
  return [
    ...(cordons && !nodes ? ['cordon-node changes nodes; add nodes: true to allow it'] : []),
    ...(nodes && !cordons ? ['nodes: true allows nothing without cordon-node among the remediations'] : []),
    ...(namespaces.length > 0 && remediations.every((each) => each === 'cordon-node')
      ? ['cordon-node changes no namespace; leave the namespaces out, or name more remediations']
      : []),
  ];
}
