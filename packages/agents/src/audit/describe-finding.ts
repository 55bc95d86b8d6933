import type { AuditFault, AuditFaultReason } from '@jamie/core';
import type { AuditFinding } from './walk-audit.ts';

/** How a finding is told. */
export interface FindingText {
  readonly holds: boolean;
  readonly headline: string;
  readonly lines: readonly string[];
}

/** What else is known of the place and the keys. */
export interface FindingPlace {
  /** What was verified, as people call it, for example `audit` or the name of a file. */
  readonly what: string;
  /** The key that signs now, where that is known. */
  readonly keyInUse?: string;
  /** Where heads are noted beside the store, if anywhere. */
  readonly notedIn?: string;
}

type Subject = 'record' | 'head' | 'removal' | 'notes';

const FAULTS: Readonly<Record<AuditFaultReason, readonly [subject: Subject, why: string]>> = {
  changed: ['record', 'it is not what was written'],
  missing: ['record', 'it is missing'],
  inserted: ['record', 'it was put in and never written by us'],
  out_of_order: ['record', 'it comes twice, or the order was changed'],
  not_linked: ['record', 'it does not follow from the record before it'],
  cut_off: ['record', 'it was signed once, and the records end before it'],
  rewritten: ['record', 'the records up to it are not those that were signed'],
  unreadable: ['record', 'it cannot be read'],
  head_not_signed: ['head', 'its signature does not fit: it was changed, or signed by somebody else'],
  head_key_unknown: ['head', 'it was signed with a key that I do not know'],
  head_not_linked: ['head', 'it does not follow from the signed head before it'],
  head_unreadable: ['head', 'it cannot be read'],
  head_missing: ['head', 'it was noted elsewhere and is not stored any more'],
  removal_not_signed: ['removal', 'its signature does not fit: it was changed, or signed by somebody else'],
  removal_key_unknown: ['removal', 'it was signed with a key that I do not know'],
  removal_not_linked: ['removal', 'it does not go on where the removal before ended'],
  removal_unreadable: ['removal', 'it cannot be read'],
  notes_unreadable: ['notes', 'it cannot be read to its end, or somebody else has written to it'],
};

/** Words for what was found. Pure. */
export function describeFinding(finding: AuditFinding, place: FindingPlace): FindingText {
  return finding.fault === undefined
    ? { holds: true, ...describeSound(finding, place) }
    : { holds: false, ...describeFault(finding.fault, finding, place) };
}

function describeFault(fault: AuditFault, { walked }: AuditFinding, { what, notedIn }: FindingPlace) {
  const [subject, why] = FAULTS[fault.reason];
  const { sequence, earliest } = fault;
  const held = earliest === undefined ? walked.last.sequence : earliest - 1;
  const sound = Math.min(held, Math.max(sequence - 1, 0));
  return {
    headline: headlineOf(subject, what, sequence, why, notedIn),
    lines: [
      ...(earliest === undefined
        ? []
        : [
            `Which was the first to be changed, only the key could tell: one of the numbers ${earliest} to ${sequence}.`,
          ]),
      sound > walked.removed
        ? `The records up to number ${sound} hold.`
        : 'None of the records before it is proven.',
      'Keep a copy of everything as it is, and compare it with a backup or an export: somebody or something changed it outside of this program.',
      ...(fault.reason.endsWith('key_unknown')
        ? ['If you changed the key yourselves, put signing-keys.json back, which names the earlier ones.']
        : []),
    ],
  };
}

function headlineOf(
  subject: Subject,
  what: string,
  sequence: number,
  why: string,
  notedIn = 'the file of noted heads',
): string {
  switch (subject) {
    case 'record':
      return `The ${what} record does not hold from number ${sequence} on: ${why}.`;
    case 'head':
      return `The ${what} record does not hold: of the signed head at number ${sequence}, ${why}.`;
    case 'removal':
      return `The ${what} record does not hold: of the removal up to number ${sequence}, ${why}.`;
    default:
      return `The ${what} record cannot be compared with ${notedIn}: ${why}.`;
  }
}

function describeSound({ walked }: AuditFinding, { what, keyInUse, notedIn }: FindingPlace) {
  const { records, last, removed, signedUpTo } = walked;
  if (records === 0 && removed === 0)
    return { headline: `The ${what} record is empty, so there is nothing to verify.`, lines: [] };
  const all = records === 1 ? 'The only record' : `All ${records} records`;
  return {
    headline: `${all} of the ${what} ${records === 1 ? 'holds' : 'hold'}: none was changed, moved or taken out.`,
    lines: [
      `The last one is number ${last.sequence} with the hash ${last.hash}.`,
      ...(removed === 0
        ? []
        : [`Numbers 1 to ${removed} were removed because their time was up; what was signed of them stays.`]),
      signedUpTo === 0
        ? 'None of them is signed yet: that happens every hour, and when I stop.'
        : `Up to number ${signedUpTo} they are signed: ${describeKeys(walked.headsByKey, keyInUse)}.`,
      notedIn === undefined
        ? 'Whoever puts back the whole store is found only by heads that were noted elsewhere: set AUDIT_HEAD_FILE.'
        : `The signed heads agree with those in ${notedIn}.`,
    ],
  };
}

function describeKeys(headsByKey: ReadonlyMap<string, number>, keyInUse: string | undefined): string {
  return [...headsByKey]
    .map(([keyId, heads]) => {
      const use = keyId === keyInUse ? ', the one in use' : keyInUse === undefined ? '' : ', an earlier one';
      return `${heads} ${heads === 1 ? 'head' : 'heads'} with key ${keyId}${use}`;
    })
    .join('; ');
}
