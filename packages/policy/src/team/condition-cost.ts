import type { ASTNode } from '@marcbachmann/cel-js';

/** Macros that look at every item of a list. */
const LOOPS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);
/** A drain has a hundred targets: three loops within each other would look a million times. */
const DEEPEST_LOOPS = 2;

const TOO_DEEP = `more than ${DEEPEST_LOOPS} loops (exists, all, map …) within each other would take too long`;
/** By name, since one of them can take for ever, or make a value of any size. */
const REFUSED: Readonly<Record<string, string>> = {
  matches: 'regular expressions are not taken; use startsWith, endsWith or contains',
  bind: 'bind is not taken; write the expression out',
};

/**
 * What in a condition could take too long whatever it is asked about, as a sentence for its author; undefined where it
 * always ends at once. Read from the syntax tree, so that neither spaces nor comments hide a call. Pure.
 */
export function costlyPart(node: ASTNode, loops = 0): string | undefined {
  const name = calledName(node);
  if (name !== undefined && REFUSED[name] !== undefined) return REFUSED[name];
  const isLoop = node.op === 'rcall' && name !== undefined && LOOPS.has(name);
  const deeper = isLoop ? loops + 1 : loops;
  if (deeper > DEEPEST_LOOPS) return TOO_DEEP;
  for (const { child, isBody } of childrenOf(node)) {
    const found = costlyPart(child, isBody ? deeper : loops);
    if (found !== undefined) return found;
  }
  return undefined;
}

function calledName(node: ASTNode): string | undefined {
  return node.op === 'call' || node.op === 'rcall' ? node.args[0] : undefined;
}

/** The nodes below one; what a loop goes over is looked at once, its body for every item. */
function childrenOf(node: ASTNode): readonly { readonly child: ASTNode; readonly isBody: boolean }[] {
  if (node.op !== 'rcall') return nodesIn(node.args).map((child) => ({ child, isBody: true }));
  const [, receiver, parameters] = node.args;
  return [{ child: receiver, isBody: false }, ...parameters.map((child) => ({ child, isBody: true }))];
}

function nodesIn(value: unknown): readonly ASTNode[] {
  if (Array.isArray(value)) return (value as readonly unknown[]).flatMap(nodesIn);
  return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
