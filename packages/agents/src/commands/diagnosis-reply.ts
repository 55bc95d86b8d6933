import { formatMinute } from '@jamie/analysis';
import type {
  Cause,
  Diagnosis,
  Evidence,
  Finding,
  Proposal,
  RecentChange,
  Reply,
  ReplySection,
} from '@jamie/core';
import { formatObjectRef } from '@jamie/core';

/** Causes that one answer explains in full; the rest are listed by name. */
const EXPLAINED_CAUSES = 3;
const LISTED_CAUSES = 20;

/** Renders a diagnosis: the point first, then causes with evidence, what changed, what was ruled out or not checked. */
export function diagnosisReply(diagnosis: Diagnosis, subject: string): Reply {
  const explained = diagnosis.causes.slice(0, EXPLAINED_CAUSES);
  return {
    tone: 'answer',
    headline: headlineOf(diagnosis, subject),
    sections: [
      ...explained.flatMap((cause, index) =>
        causeSections(cause, diagnosis.causes.length > 1 ? index + 1 : undefined),
      ),
      ...restSections(diagnosis.causes.slice(EXPLAINED_CAUSES)),
      ...listSection('Ruled out', diagnosis.ruledOut),
      ...listSection(
        'Could not check',
        diagnosis.unchecked.map((each) => `${each.what}: ${each.why}`),
      ),
      freshness(diagnosis),
    ],
    proposals: explained.flatMap((cause) => cause.proposals).filter(isOffered),
  };
}

function headlineOf(diagnosis: Diagnosis, subject: string): string {
  const [first] = diagnosis.causes;
  if (diagnosis.verdict === 'cannot_tell')
    return `I cannot tell whether ${subject} is well: I could not see everything it takes.`;
  if (first === undefined) return `${subject} looks healthy: I found no fault.`;
  const others = diagnosis.causes.length - 1;
  const more = others === 0 ? '' : ` And ${others} more ${others === 1 ? 'cause' : 'causes'}.`;
  return `${formatObjectRef(first.root.subject)}: ${first.root.summary}.${more}`;
}

function causeSections(cause: Cause, number: number | undefined): readonly ReplySection[] {
  const title =
    number === undefined
      ? 'Why'
      : `Cause ${number}: ${formatObjectRef(cause.root.subject)}, ${cause.root.summary}`;
  // A proposal with an operation is shown as a button, with its advice.
  const advice = cause.proposals
    .filter((proposal) => proposal.operation === undefined)
    .map((proposal) => `${proposal.label}: ${proposal.advice}`);
  return [
    {
      kind: 'text',
      title,
      lines: [`${cause.explanation} (${cause.confidence} confidence)${cite(cause.root.evidence)}`],
    },
    ...listSection('Because of it', cause.consequences.map(describeFinding)),
    ...listSection('Changed shortly before', cause.changes.map(describeChange)),
    { kind: 'evidence', title: 'Evidence', evidence: evidenceOf(cause) },
    ...listSection('What helps', advice),
  ];
}

function describeFinding(finding: Finding): string {
  return `${formatObjectRef(finding.subject)}: ${finding.summary}${cite(finding.evidence)}`;
}

function describeChange({ at, ref, summary, evidence }: RecentChange): string {
  return `${formatMinute(at)}, ${formatObjectRef(ref)}: ${summary}${cite([evidence])}`;
}

/** The ids of what shows a claim, behind it: surfaces that can turn them into links to the evidence. */
function cite(evidence: readonly Evidence[]): string {
  return evidence.length === 0 ? '' : ` [${evidence.map(({ id }) => id).join(', ')}]`;
}

/** Each observation once, in the order in which the cause cites them. */
function evidenceOf(cause: Cause): readonly Evidence[] {
  const cited = [cause.root, ...cause.consequences].flatMap((finding) => finding.evidence);
  const all = [...cited, ...cause.changes.map((change) => change.evidence)];
  return [...new Map(all.map((evidence) => [evidence.id, evidence])).values()];
}

function restSections(causes: readonly Cause[]): readonly ReplySection[] {
  if (causes.length === 0) return [];
  const rows = causes
    .slice(0, LISTED_CAUSES)
    .map((cause) => [formatObjectRef(cause.root.subject), cause.root.summary, cause.root.severity]);
  const left = causes.length - rows.length;
  const title = left > 0 ? `Also (${left} more not shown)` : 'Also';
  return [{ kind: 'table', title, columns: ['What', 'Finding', 'Severity'], rows }];
}

function listSection(title: string, items: readonly string[]): readonly ReplySection[] {
  return items.length === 0 ? [] : [{ kind: 'list', title, items }];
}

function isOffered(proposal: Proposal): boolean {
  return proposal.operation !== undefined;
}

function freshness(diagnosis: Diagnosis): ReplySection {
  const ageSeconds = Math.round(diagnosis.stalenessMs / 1_000);
  const age = ageSeconds < 5 ? 'up to date' : `last word from the cluster ${ageSeconds} s ago`;
  return {
    kind: 'text',
    lines: [
      `Checked ${diagnosis.objectsChecked} objects on ${diagnosis.cluster}, ${age}. No model was used.`,
    ],
  };
}
