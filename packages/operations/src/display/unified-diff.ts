import { createTwoFilesPatch } from 'diff';
import { stringify } from 'yaml';

/** Lines of unchanged text around each change of a diff. */
const CONTEXT_LINES = 3;

export interface DiffLabels {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** A unified diff of two values as YAML. Redact them first. Empty but for its head where they are equal. */
export function unifiedDiff(before: unknown, after: unknown, labels: DiffLabels): string {
  const { name } = labels;
  const patch = createTwoFilesPatch(name, name, toYaml(before), toYaml(after), labels.before, labels.after, {
    context: CONTEXT_LINES,
  });
  return patch.slice(patch.indexOf('--- ')).trimEnd();
}

function toYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
