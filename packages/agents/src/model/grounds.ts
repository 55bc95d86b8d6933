import type { Diagnosis, Evidence, Finding, Reply, ReplySection } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import { isAddressedToModel } from './claims/forbidden-phrases.ts';
import { boundPiece } from './quote-data.ts';

/** A sentence of our own code, and the evidence that it rests on. */
export interface Fact {
  readonly text: string;
  readonly evidenceIds: readonly string[];
}

/** All that a model may say: facts found by code, and what was observed. */
export interface Grounds {
  readonly isHealthy: boolean;
  readonly facts: readonly Fact[];
  readonly evidence: readonly Evidence[];
}

const MAX_FACTS = 20;
const MAX_EVIDENCE = 20;
const CITATION_AT_END = /\[(E\d+(?:, E\d+)*)\]\.?$/;

/** What a diagnosis gives a model to word: its causes, worst first. */
export function groundsOf(diagnosis: Diagnosis): Grounds {
  const facts = diagnosis.causes.flatMap((cause) => [
    factOf(cause.root),
    { text: cause.explanation, evidenceIds: cause.root.evidence.map(({ id }) => id) },
    ...cause.consequences.map(factOf),
    ...cause.changes.map((change) => ({
      text: `${formatObjectRef(change.ref)}: ${change.summary}`,
      evidenceIds: [change.evidence.id],
    })),
  ]);
  const evidence = diagnosis.causes.flatMap((cause) => [
    ...[cause.root, ...cause.consequences].flatMap((finding) => finding.evidence),
    ...cause.changes.map((change) => change.evidence),
  ]);
  return bound({ isHealthy: diagnosis.verdict === 'healthy', facts, evidence });
}

/** The same from an answer that is made already: its cited lines, and the evidence that it shows. */
export function groundsOfReply(reply: Reply): Grounds {
  const evidence = reply.sections.flatMap((section) => (section.kind === 'evidence' ? section.evidence : []));
  const lines = [reply.headline, ...reply.sections.flatMap(linesOf)];
  const facts = lines.map((line) => ({
    text: line.replace(CITATION_AT_END, '').trim(),
    evidenceIds: citedAtEnd(line),
  }));
  const headline = { text: reply.headline, evidenceIds: evidence.map(({ id }) => id) };
  return bound({
    isHealthy: false,
    facts: [headline, ...facts.filter((fact) => fact.evidenceIds.length > 0)],
    evidence,
  });
}

/** One observation as a model is shown it. What it may say of it is judged by this very line. */
export function describeEvidence({ id, observedAt, ref, where, text }: Evidence): string {
  const at = new Date(observedAt).toISOString().slice(0, 19).replace('T', ' ');
  return boundPiece(`[${id}] ${at} UTC, ${formatObjectRef(ref)}, ${where}: ${text}`);
}

/** One fact as a model is shown it. */
export function describeFact({ text, evidenceIds }: Fact): string {
  return `${boundPiece(text)} [${evidenceIds.join(', ')}]`;
}

function factOf(finding: Finding): Fact {
  return {
    text: `${formatObjectRef(finding.subject)}: ${finding.summary}`,
    evidenceIds: finding.evidence.map(({ id }) => id),
  };
}

/** Bounded, each observation once, and without those that speak to a model: people see them in the evidence. */
function bound(grounds: Grounds): Grounds {
  const facts = grounds.facts.filter(({ text }) => !isAddressedToModel(text));
  const evidence = grounds.evidence.filter(({ text }) => !isAddressedToModel(text));
  const known = new Map(evidence.map((each) => [String(each.id), each]));
  return {
    ...grounds,
    facts: facts.filter(({ evidenceIds }) => evidenceIds.some((id) => known.has(id))).slice(0, MAX_FACTS),
    evidence: [...known.values()].slice(0, MAX_EVIDENCE),
  };
}

function linesOf(section: ReplySection): readonly string[] {
  if (section.kind === 'text') return section.lines;
  return section.kind === 'list' ? section.items : [];
}

function citedAtEnd(line: string): readonly string[] {
  return CITATION_AT_END.exec(line)?.[1]?.split(', ') ?? [];
}
