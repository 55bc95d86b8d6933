import { countOf, formatDuration, formatMinute } from '@jamie/analysis';
import {
  type AttemptOutcome,
  formatObjectRef,
  type HealingAttempt,
  type HealingCase,
  type ObjectRef,
  type PlanId,
  type PlanRecord,
  type Reply,
  type ReplyOption,
  type ReplySection,
  SHORT_KINDS,
} from '@jamie/core';
import type { Candidate } from './remedies/candidate.ts';

/** What a dossier is made of. */
export interface DossierFacts {
  /** As it is handed over; its reason is why nothing more happens. */
  readonly healingCase: HealingCase;
  /** The fault as it is seen now; undefined where it is not seen. */
  readonly candidate: Candidate | undefined;
  /** The plans of its attempts that are still known. */
  readonly plans: readonly PlanRecord[];
  readonly now: number;
}

/** Hands a fault to people: what is wrong and since when, all that was tried, why it stopped, what they can do. Pure. */
export function dossier(facts: DossierFacts): Reply {
  const { healingCase, candidate } = facts;
  const subject = formatObjectRef(healingCase.subject);
  return {
    tone: 'answer',
    headline: `${subject} needs you: I could not heal it.`,
    sections: [
      { kind: 'text', title: 'Why I stopped', lines: [healingCase.reason] },
      { kind: 'text', title: 'What is wrong', lines: wrongLines(facts) },
      ...evidenceSection(candidate),
      { kind: 'list', title: 'What I tried', items: triedItems(facts) },
      ...listSection('Changed shortly before', (candidate?.changes ?? []).map(describeChange)),
      ...listSection('Ruled out', candidate?.ruledOut ?? []),
      { kind: 'text', title: 'What you can do', lines: adviceLines(healingCase) },
    ],
    proposals: [],
    followUps: followUpsOf(healingCase),
  };
}

function wrongLines({ healingCase, candidate, now }: DossierFacts): readonly string[] {
  const { summary, findingCode, firstSeenAt, relapses } = healingCase;
  const since = Math.min(firstSeenAt, candidate?.since ?? firstSeenAt);
  const back = relapses.length === 0 ? '' : ` It came back ${countOf(relapses.length, 'time')} within a day.`;
  const seen = candidate === undefined ? 'It is not seen at the moment.' : 'It is still there.';
  return [
    `${formatObjectRef(healingCase.subject)} on ${healingCase.cluster}: ${summary} (${findingCode}).`,
    `Since ${formatMinute(since)}, ${formatDuration(now - since)} ago. ${seen}${back}`,
  ];
}

function evidenceSection(candidate: Candidate | undefined): readonly ReplySection[] {
  if (candidate === undefined || candidate.evidence.length === 0) return [];
  return [{ kind: 'evidence', title: 'Evidence', evidence: candidate.evidence }];
}

function triedItems({ healingCase: { attempts }, plans }: DossierFacts): readonly string[] {
  if (attempts.length === 0) return ['Nothing.'];
  return attempts.map((attempt) =>
    describeAttempt(
      attempt,
      plans.find(({ plan }) => plan.id === attempt.planId),
    ),
  );
}

const OUTCOMES: Readonly<Record<AttemptOutcome, string>> = {
  helped: 'it helped for a while',
  did_not_help: 'it did not help',
  taken_back: 'it was taken back',
  declined: 'it was declined',
  unclear: 'whether it helped is not known',
};

function describeAttempt({ planId, startedAt, level, outcome }: HealingAttempt, record?: PlanRecord): string {
  const what = record?.plan.headline ?? 'a plan that is no longer kept';
  const how = level === 'suggest' ? 'suggested' : 'done by itself';
  const end = outcome === undefined ? 'it has not ended' : OUTCOMES[outcome];
  const said = record === undefined ? '' : ` ${record.reason}`;
  return `${planId}, ${formatMinute(startedAt)}, ${how}: ${what}; ${end}.${said}`;
}

function describeChange({ at, ref, summary }: Candidate['changes'][number]): string {
  return `${formatMinute(at)}, ${formatObjectRef(ref)}: ${summary}`;
}

function adviceLines({ id }: HealingCase): readonly string[] {
  return [
    'Nothing more happens by itself until somebody closes this case, or until the fault has been gone for six hours.',
    `Once it is dealt with: healing close ${id}`,
  ];
}

function followUpsOf({ id, subject, attempts }: HealingCase): readonly ReplyOption[] {
  const last: PlanId | undefined = attempts.at(-1)?.planId;
  return [
    { label: 'Look at it now', command: whyCommand(subject) },
    ...(last === undefined ? [] : [{ label: `Show plan ${last}`, command: `plan ${last}` }]),
    { label: 'Show the case', command: `healing ${id}` },
    { label: 'Close the case', command: `healing close ${id}` },
  ];
}

/** The command that asks what is wrong with an object. */
export function whyCommand({ kind, namespace, name }: ObjectRef): string {
  const typed = `${SHORT_KINDS[kind] ?? kind.toLowerCase()}/${name}`;
  return namespace === undefined ? `why ${typed}` : `why ${typed} -n ${namespace}`;
}

function listSection(title: string, items: readonly string[]): readonly ReplySection[] {
  return items.length === 0 ? [] : [{ kind: 'list', title, items }];
}
