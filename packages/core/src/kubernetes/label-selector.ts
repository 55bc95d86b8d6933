/** One requirement of a selector that compares more than one value. */
export interface SelectorRequirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** A selector as Kubernetes writes it. Without any requirement it selects everything. */
export interface LabelSelectorView {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly SelectorRequirement[];
}

/**
 * Whether labels satisfy a selector: all of its requirements. `NotIn` and `DoesNotExist` are satisfied by a label that is
 * not there, as in https://kubernetes.io/docs/concepts/overview/working-with-objects/labels.
 */
export function selectsLabels(
  selector: LabelSelectorView,
  labels: Readonly<Record<string, string>>,
): boolean {
  const agrees = Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value);
  return agrees && selector.matchExpressions.every((requirement) => satisfies(requirement, labels));
}

/** Whether a selector asks for nothing and so selects everything. */
export function selectsEverything({ matchLabels, matchExpressions }: LabelSelectorView): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

function satisfies(
  { key, operator, values }: SelectorRequirement,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}
