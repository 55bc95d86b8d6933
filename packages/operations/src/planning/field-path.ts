/**
 * Fields as the API server writes them in conflicts and managers write them in managedFields, found in an object
 * (structured-merge-diff `fieldpath`): `.spec.template.spec.containers[name="app"].image`.
 */
export type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'item'; readonly keys: Readonly<Record<string, unknown>> }
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'index'; readonly index: number };

const MEMBER = /^\.((?:[A-Za-z_$][\w$-]*)|(?:"(?:\\.|[^"\\])*"))/;
const BRACKET = /^\[((?:"(?:\\.|[^"\\])*"|[^\]"])*)\]/;
const KEY = /([A-Za-z_]\w*)=("(?:\\.|[^"\\])*"|[^,\]]+)/g;

/** The steps of a path as a conflict names it; undefined where it cannot be read. */
export function parseFieldPath(path: string): readonly PathStep[] | undefined {
  const steps: PathStep[] = [];
  let rest = path;
  while (rest !== '') {
    const member = MEMBER.exec(rest);
    const bracket = member === null ? BRACKET.exec(rest) : null;
    const found = member ?? bracket;
    if (found === null) return undefined;
    rest = rest.slice(found[0].length);
    const text = found[1] ?? '';
    steps.push(member === null ? bracketStep(text) : { kind: 'member', name: unquote(text) });
  }
  return steps;
}

function bracketStep(text: string): PathStep {
  if (/^\d+$/.test(text)) return { kind: 'index', index: Number(text) };
  if (text.startsWith('=')) return { kind: 'value', value: parsed(text.slice(1)) };
  return {
    kind: 'item',
    keys: Object.fromEntries([...text.matchAll(KEY)].map(([, key, value]) => [key, parsed(value ?? '')])),
  };
}

function unquote(text: string): string {
  return text.startsWith('"') ? String(parsed(text)) : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A bare word is its own value.
    return text;
  }
}

/** What an object has at a path; undefined where there is nothing. */
export function readFieldPath(object: unknown, steps: readonly PathStep[]): unknown {
  return steps.reduce<unknown>(readStep, object);
}

function readStep(value: unknown, step: PathStep): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (step.kind === 'member')
    return Object.hasOwn(value, step.name)
      ? (value as Readonly<Record<string, unknown>>)[step.name]
      : undefined;
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly unknown[];
  switch (step.kind) {
    case 'index':
      return items[step.index];
    case 'value':
      return items.find((item) => item === step.value);
    case 'item':
      return items.find((item) => hasKeys(item, step.keys));
  }
}

function hasKeys(item: unknown, keys: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof item === 'object' &&
    item !== null &&
    Object.entries(keys).every(([key, value]) => (item as Readonly<Record<string, unknown>>)[key] === value)
  );
}
