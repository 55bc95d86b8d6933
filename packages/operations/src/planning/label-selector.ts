interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** A LabelSelector in the query syntax of the API: `app=web,tier in (a,b),!legacy`. An absent one selects nothing. */
export function formatSelector(selector: unknown): string {
  const { matchLabels = {}, matchExpressions = [] } = (selector ?? {}) as {
    matchLabels?: Readonly<Record<string, string>>;
    matchExpressions?: readonly Requirement[];
  };
  const labels = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const terms = [...labels, ...matchExpressions.map(formatRequirement)];
  // An empty selector would list every object of the namespace; no workload may own those.
  return terms.length === 0 ? '!*' : terms.join(',');
}

function formatRequirement({ key, operator, values = [] }: Requirement): string {
  switch (operator) {
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'In':
      return `${key} in (${values.join(',')})`;
    case 'NotIn':
      return `${key} notin (${values.join(',')})`;
  }
}
