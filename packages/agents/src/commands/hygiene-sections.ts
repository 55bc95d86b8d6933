import { countOf, type HygieneGroup, type HygieneReport } from '@jamie/analysis';
import type { Diagnosis, Reply, ReplyFile, ReplySection } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import { alignColumns } from './listing/align-columns.ts';

/** Detections of hygiene that one answer lists, and of how many it says what helps. */
const LISTED_GROUPS = 15;
const ADVISED_GROUPS = 5;
/** Lines of the file that names every object. */
const FILED_FINDINGS = 5_000;

/** The reply with hygiene beneath what is broken: it changes neither the verdict nor the score. */
export function withHygiene(reply: Reply, { groups, unchecked }: HygieneReport, diagnosis: Diagnosis): Reply {
  const known = new Set(diagnosis.unchecked.map(({ what, why }) => `${what}: ${why}`));
  const more = unchecked.map(({ what, why }) => `${what}: ${why}`).filter((line) => !known.has(line));
  const sections = [...hygieneSections(groups), ...listSection('Could not check for hygiene', more)];
  return {
    ...reply,
    headline: `${reply.headline} ${summaryOf(groups)}`,
    sections: [...reply.sections, ...sections],
    ...(groups.length > 0 && { files: [...(reply.files ?? []), fileOf(groups)] }),
  };
}

function summaryOf(groups: readonly HygieneGroup[]): string {
  if (groups.length === 0) return 'Hygiene: nothing found.';
  const findings = groups.reduce((sum, group) => sum + group.findings.length, 0);
  return `Hygiene: ${countOf(findings, 'finding')} of ${countOf(groups.length, 'detection')}; none of them is a fault.`;
}

function hygieneSections(groups: readonly HygieneGroup[]): readonly ReplySection[] {
  if (groups.length === 0) return [];
  const rows = groups
    .slice(0, LISTED_GROUPS)
    .map((group) => [group.code, group.title, group.severity, String(group.objects), exampleOf(group)]);
  const left = groups.length - rows.length;
  const title = left > 0 ? `Hygiene (${left} more in the file)` : 'Hygiene';
  return [
    { kind: 'table', title, columns: ['Code', 'Finding', 'Severity', 'Objects', 'For example'], rows },
    ...listSection('What would tidy it up', groups.slice(0, ADVISED_GROUPS).flatMap(adviceOf)),
  ];
}

function exampleOf({ findings }: HygieneGroup): string {
  const [first] = findings;
  return first === undefined ? '' : formatObjectRef(first.subject);
}

function adviceOf({ code, findings }: HygieneGroup): readonly string[] {
  const remedy = findings[0]?.remedies[0];
  return remedy === undefined ? [] : [`${code}: ${remedy.advice}`];
}

function fileOf(groups: readonly HygieneGroup[]): ReplyFile {
  const all = groups.flatMap((group) => group.findings);
  const rows = all
    .slice(0, FILED_FINDINGS)
    .map(({ code, severity, subject, summary }) => [code, severity, formatObjectRef(subject), summary]);
  const left = all.length - rows.length;
  const text = alignColumns(['Code', 'Severity', 'Object', 'Finding'], rows);
  return {
    name: 'hygiene.txt',
    title: `${countOf(all.length, 'finding')} of hygiene`,
    text: left > 0 ? `${text}${left} more are left out; name a namespace to see fewer.\n` : text,
  };
}

function listSection(title: string, items: readonly string[]): readonly ReplySection[] {
  return items.length === 0 ? [] : [{ kind: 'list', title, items }];
}
