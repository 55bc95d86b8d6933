/**
 * Owned fields in the form of `fieldsV1`: an empty node is owned; a node with `.` is owned beside its parts; any other
 * node only leads to its parts. Trees are values: every function returns another one.
 */
export interface FieldTree {
  readonly [element: string]: FieldTree;
}

/** The elements on the way to a field: `f:spec`, `k:{"name":"web"}`. */
export type FieldPath = readonly string[];

const OWNED: FieldTree = {};

/** The tree that owns these paths as well. */
export function withPaths(tree: FieldTree, paths: readonly FieldPath[]): FieldTree {
  if (paths.length === 0) return tree;
  const copy: MutableTree = isLeaf(tree) ? new Map() : copyOf(tree);
  for (const path of paths) addTo(copy, path);
  return sealed(copy);
}

interface MutableTree extends Map<string, MutableTree> {}

function addTo(root: MutableTree, path: FieldPath): void {
  let node = root;
  for (const element of path) {
    const next = node.get(element) ?? new Map();
    node.set(element, next);
    node = next;
  }
  node.set('.', new Map());
}

function copyOf(tree: FieldTree): MutableTree {
  const entries = Object.entries(tree);
  if (entries.length === 0) return new Map([['.', new Map()]]);
  return new Map(entries.map(([element, part]) => [element, element === '.' ? new Map() : copyOf(part)]));
}

/** Sorted, as the API server writes it, and with owned leaves as empty nodes. */
function sealed(node: MutableTree): FieldTree {
  if (node.size === 1 && node.has('.')) return OWNED;
  const entries = [...node].map(
    ([element, part]) => [element, element === '.' ? OWNED : sealed(part)] as const,
  );
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Without the ownership of one field; its parts keep theirs. */
export function withoutPath(tree: FieldTree, path: FieldPath): FieldTree {
  return reduce(tree, path, (node) => {
    const { '.': own, ...parts } = node;
    if (own === undefined && !isLeaf(node)) return node;
    return Object.keys(parts).length === 0 ? undefined : parts;
  });
}

/** Without a field and everything below it. */
export function withoutBranch(tree: FieldTree, path: FieldPath): FieldTree {
  return reduce(tree, path, () => undefined);
}

function reduce(
  tree: FieldTree,
  path: FieldPath,
  change: (node: FieldTree) => FieldTree | undefined,
): FieldTree {
  return reduceNode(tree, path, change) ?? {};
}

function reduceNode(
  node: FieldTree,
  path: FieldPath,
  change: (node: FieldTree) => FieldTree | undefined,
): FieldTree | undefined {
  const [element, ...rest] = path;
  if (element === undefined) return change(node);
  const part = node[element];
  if (part === undefined) return node;
  const reduced = reduceNode(part, rest, change);
  if (reduced === part) return node;
  const { [element]: _part, ...others } = node;
  if (reduced !== undefined) return { ...node, [element]: reduced };
  const left = Object.keys(others);
  if (left.length === 0) return undefined;
  return left.length === 1 && left[0] === '.' ? OWNED : others;
}

/** The node at a path: owned itself or leading to owned parts; undefined when nothing there is owned. */
export function nodeAt(tree: FieldTree, path: FieldPath): FieldTree | undefined {
  let node: FieldTree | undefined = tree;
  for (const element of path) node = node?.[element];
  return node;
}

/** Whether the field itself is owned. */
export function owns(tree: FieldTree, path: FieldPath): boolean {
  const node = nodeAt(tree, path);
  return node !== undefined && path.length > 0 && (node['.'] !== undefined || isLeaf(node));
}

/** Every path of the tree, with those that only lead to owned ones; parents first. */
export function pathsOf(tree: FieldTree): readonly FieldPath[] {
  return Object.entries(tree).flatMap(([element, part]) =>
    element === '.' ? [] : [[element], ...pathsOf(part).map((path) => [element, ...path])],
  );
}

export function isLeaf(tree: FieldTree): boolean {
  return Object.keys(tree).length === 0;
}

/** As conflicts name it: `.spec.template.spec.containers[name="web"].image`. */
export function formatPath(path: FieldPath): string {
  return path
    .map((element) => {
      const text = element.slice(2);
      if (element.startsWith('f:')) return `.${text}`;
      if (element.startsWith('v:')) return `[=${text}]`;
      const keys = Object.entries(JSON.parse(text) as Readonly<Record<string, unknown>>);
      return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
    })
    .join('');
}
