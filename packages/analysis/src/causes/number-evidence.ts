import type { Cause, Evidence, EvidenceId, Finding } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';

/** Gives each distinct observation of a diagnosis its id, `E1` onwards in reading order. */
export function numberEvidence(causes: readonly Cause[]): readonly Cause[] {
  const ids = new Map<string, EvidenceId>();
  const number = (evidence: Evidence): Evidence => {
    const key = JSON.stringify([
      evidence.source,
      formatObjectRef(evidence.ref),
      evidence.where,
      evidence.observedAt,
      evidence.text,
    ]);
    const known = ids.get(key);
    // Minted nowhere else, so that an id means one observation within one diagnosis.
    const id = known ?? (`E${ids.size + 1}` as EvidenceId);
    ids.set(key, id);
    return { ...evidence, id };
  };
  const numberFinding = (finding: Finding): Finding => ({
    ...finding,
    evidence: finding.evidence.map(number),
  });
  return causes.map((cause) => ({
    ...cause,
    root: numberFinding(cause.root),
    consequences: cause.consequences.map(numberFinding),
    changes: cause.changes.map((change) => ({ ...change, evidence: number(change.evidence) })),
  }));
}
