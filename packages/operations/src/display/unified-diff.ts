import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';

/** Lines of unchanged text around each change of a diff. */
const CONTEXT_LINES = 3;
/** The time that a diff takes grows with the square of its changes: beyond so many, none is worth waiting for. */
const MOST_CHANGED_LINES = 1_000;

export interface DiffLabels {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/**
 * A unified diff of two values as YAML; undefined is nothing at all. Redact them first. Empty but for its head where they are equal, and a sentence
 * beneath its head where they have hardly anything in common.
 */
export function unifiedDiff(before: unknown, after: unknown, labels: DiffLabels): string {
  const { name } = labels;
  const options = { context: CONTEXT_LINES, maxEditLength: MOST_CHANGED_LINES };
  const patch = createTwoFilesPatch(
    name,
    name,
    toYaml(before),
    toYaml(after),
    labels.before,
    labels.after,
    options,
  );
  if (patch !== undefined) return patch.slice(patch.indexOf('--- ')).trimEnd();
  const head = `--- ${name}\t${labels.before}\n+++ ${name}\t${labels.after}`;
  return `${head}\n(More than ${MOST_CHANGED_LINES} lines differ: too many to show.)`;
}

function toYaml(value: unknown): string {
  return value === undefined ? '' : stringify(value, { lineWidth: 0 });
}
