import { type JsonObject, MAX_TOGETHER, manifestSchema, REDACTED } from '@jamie/core';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  type Node,
  type ParsedNode,
  parseAllDocuments,
  visit,
} from 'yaml';
import { checkShape } from './check-shape.ts';

/** Longest manifest, in bytes of UTF-8. */
export const MAX_MANIFEST_BYTES = 256 * 1024;

export type ManifestsReading =
  | { readonly kind: 'read'; readonly manifests: readonly JsonObject[] }
  | { readonly kind: 'refused'; readonly message: string };

/** Names that would change what an object is, rather than what it holds. */
const POISONOUS: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads the objects of a YAML or JSON text as kubectl would: YAML 1.1, so that `0644` is octal. Refuses what is longer,
 * deeper or more than the limits, aliases, tags, the same key twice, and what we have redacted: nobody should get an
 * object with a hole in it. Pure; never throws.
 */
export function readManifests(text: string): ManifestsReading {
  const bytes = new TextEncoder().encode(text).byteLength;
  if (bytes > MAX_MANIFEST_BYTES)
    return refuse(`The manifest has ${bytes} bytes; I read at most ${MAX_MANIFEST_BYTES}. Send it in parts.`);
  if (text.includes(REDACTED))
    return refuse(
      'The manifest holds what looks like a password, token or key, which I have not kept. Refer to a Secret instead.',
    );
  const shape = checkShape(text);
  if (shape.kind === 'unfit') return refuse(UNFIT[shape.reason]);
  return readDocuments(text);
}

const UNFIT = {
  too_deep:
    'The manifest is nested too deeply. Kubernetes objects are not; look at its brackets and its indentation.',
  unknown_escape:
    'The manifest has a backslash in double quotes before something that YAML does not know. Use single quotes.',
  too_many_nodes: 'The manifest holds too many values. Send it in parts.',
} as const;

function readDocuments(text: string): ManifestsReading {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    merge: false,
    stringKeys: false,
    uniqueKeys: true,
    // A position for every one of thousands of mistakes takes a time that grows with their square.
    prettyErrors: false,
    logLevel: 'silent',
    customTags: (tags) => tags.filter((tag) => typeof tag !== 'object' || !isBeyondJson(tag)),
  });
  const filled = documents.filter(isFilled);
  if (filled.length === 0) return refuse('The manifest is empty. Send the objects as YAML or JSON.');
  if (filled.length > MAX_TOGETHER)
    return refuse(
      `The manifest holds ${filled.length} objects; a plan holds at most ${MAX_TOGETHER}. Send it in parts.`,
    );
  const manifests: JsonObject[] = [];
  for (const [index, document] of filled.entries()) {
    const problem = problemOf(document, text);
    const which = filled.length === 1 ? 'The manifest' : `Object ${index + 1} of ${filled.length}`;
    if (problem !== undefined) return refuse(`${which} ${problem}`);
    const checked = manifestSchema.safeParse(document.toJS({ maxAliasCount: 0 }));
    if (!checked.success) return refuse(`${which} ${describeIssue(checked.error.issues[0])}`);
    manifests.push(checked.data);
  }
  return { kind: 'read', manifests };
}

/** Dates, times and sets: kubectl takes none of them for anything but text. */
function isBeyondJson({ tag, format }: { readonly tag: string; readonly format?: string }): boolean {
  return format === 'TIME' || /:(?:timestamp|binary|set|omap|pairs|merge)$/.test(tag);
}

/** Empty documents stand at the beginning and the end of many files. */
function isFilled({ contents, errors }: Document.Parsed<ParsedNode>): boolean {
  return errors.length > 0 || (contents !== null && !(isScalar(contents) && contents.value === null));
}

function problemOf(document: Document.Parsed<ParsedNode>, text: string): string | undefined {
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake !== undefined)
    return `cannot be read: line ${lineAt(text, mistake.pos[0])}: ${mistake.message}.`;
  let problem: string | undefined;
  visit(document, {
    Alias: () => found('holds an alias (*name). Write the value out.'),
    Node: (_key, node) => {
      if ('anchor' in node && node.anchor !== undefined)
        return found('holds an anchor (&name). Write values out.');
      return isAlias(node) || !isSaid(node) ? undefined : found('holds a tag (!name). Leave it out.');
    },
    Pair: (_key, { key }) => {
      if (!isScalar(key)) return found('has a key that is no text.');
      return POISONOUS.has(key.value)
        ? found(`has the key ${String(key.value)}, which no object takes.`)
        : undefined;
    },
  });
  if (problem === undefined && !isMap(document.contents))
    return 'is no object. It begins with apiVersion, kind and metadata.';
  return problem;

  function found(what: string): symbol {
    problem = what;
    return visit.BREAK;
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Whether the tag was written, rather than found by the parser. */
function isSaid({ srcToken, tag }: Node): boolean {
  return srcToken !== undefined && tag !== undefined && !tag.startsWith('tag:yaml.org,2002:');
}

function describeIssue(
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): string {
  if (issue === undefined) return 'is no Kubernetes object.';
  const where = issue.path.map(String).join('.');
  if (issue.message.includes('received undefined')) return `has no ${where}.`;
  return where === '' ? `${issue.message}.` : `cannot be taken: ${where} ${issue.message}.`;
}

function refuse(message: string): ManifestsReading {
  return { kind: 'refused', message };
}
