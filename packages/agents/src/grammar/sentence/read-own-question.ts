import { type PlanId, parseHealingCaseId, parsePlanId } from '@jamie/core';
import { findCommand, type Intent } from '../command-list.ts';
import type { Subject } from './find-subject.ts';
import { readSince } from './read-since.ts';
import type { Sentence } from './sentence.ts';

interface Asked {
  /** The words, an underscore where the name of an object stands. */
  readonly said: string;
  readonly sentence: Sentence;
  readonly subject: Subject;
  readonly planId: PlanId | undefined;
}

type Reader = (asked: Asked) => Intent | undefined;

/** Questions about ourselves, the person, the plans and the record, rather than about an object of a cluster. */
const READERS: readonly Reader[] = [
  readHelp,
  readWhoami,
  readHealing,
  readPlans,
  readAudit,
  readClusters,
  readStatus,
  readDoctor,
];

/** Words of a question that are looked at here. */
const MAX_WORDS = 60;

/** Reads a question about plans, the record, permissions, the clusters or ourselves; undefined when it is none. */
export function readOwnQuestion(sentence: Sentence, subject: Subject): Intent | undefined {
  const said = sentence.plain
    .slice(0, MAX_WORDS)
    .map((text) => (text === '' ? '_' : text))
    .join(' ');
  const planId = sentence.texts.map(parsePlanId).find((id) => id !== undefined);
  for (const read of READERS) {
    const intent = read({ said, sentence, subject, planId });
    if (intent !== undefined) return intent;
  }
  return undefined;
}

const TOPICS: Readonly<Record<string, string>> = {
  rolling: 'rollback',
  roll: 'rollback',
  restarting: 'restart',
  restarts: 'restart',
  scaling: 'scale',
  scaled: 'scale',
  approving: 'approve',
  approvals: 'approve',
  rollbacks: 'rollback',
  undoing: 'undo',
  freezing: 'freeze',
  freezes: 'freeze',
  denying: 'deny',
  revert: 'rollback',
  replicas: 'scale',
};

function readHelp({ said, subject, planId }: Asked): Intent | undefined {
  if (
    /^(?:please )?(?:help|commands)(?: please)?$|\bhelp (?:me|us|please)\b|\bwhat (?:can|could|do) you (?:do|help|offer|know)\b|\bwhat are you (?:able|capable)|\bwhat are your commands|\b(?:which|what|list|show|all)(?: \w+){0,3} commands\b|\bhow (?:do|can|should) i (?:use|talk|ask|work)\b|\bneed (?:some )?help\b|\bwhat (?:else )?(?:can|could) (?:i|we) ask|\bhow does this work|\bwho are you\b|\bwhat commands\b|^what are you$/.test(
      said,
    )
  )
    return subject.words.length > 0 ? undefined : withTopic(said);
  if (
    /^help\b|\bhelp (?:with|on|about|for)\b|\b(?:usage|syntax) (?:of|for)\b/.test(said) &&
    subject.words.length === 0
  )
    return withTopic(said);
  const isHow =
    /\bhow (?:do|can|to|would|should|does|is|are)\b|\bwhat (?:is|are|does) (?:a |an |the )?(?:\w+ )?\w+(?: do| mean| for)?$|\bwhere (?:do|can)\b|^(?:can|could|may) (?:i|we) \w+ (?:a|an|my)\b|\bexplain\b/.test(
      said,
    );
  const topic = isHow && subject.words.length === 0 && planId === undefined ? topicOf(said) : undefined;
  return topic === undefined || hasPlaceOrIt(subject) ? undefined : { kind: 'help', topic };
}

function withTopic(said: string): Intent {
  const topic = topicOf(said.replace(/^help/, '').replace(/\bhelp\b/, ''));
  return topic === undefined ? { kind: 'help' } : { kind: 'help', topic };
}

function hasPlaceOrIt({ isPronoun, place }: Subject): boolean {
  return isPronoun || Object.keys(place).length > 0;
}

const OWN_TOPICS: ReadonlySet<string> = new Set(
  'scale restart rollback undo approve deny freeze unfreeze audit use diff logs events pods top plan whoami doctor'.split(
    ' ',
  ),
);

function topicOf(said: string): string | undefined {
  for (const word of said.split(' ')) {
    const topic = word === 'me' ? undefined : (TOPICS[word] ?? findCommand(word)?.name);
    if (topic !== undefined && OWN_TOPICS.has(topic)) return topic;
  }
  return undefined;
}

function readWhoami({ said, subject }: Asked): Intent | undefined {
  const isMe =
    /\bwho am i\b|\bwhoami\b|\bwhat am i allowed\b|\b(?:my|our) (?:permissions|rights|roles?|access|groups|privileges|identity|user|account)\b|\bam i allowed to (?:do|see|change)\b|\bwhat (?:can|may) i (?:do|change|see|touch|access)\b|\bwhat (?:permissions|rights|access) (?:do|have) i\b|\bwho do you think i am\b|\bwho am i to\b|\bwhat are my\b|\bwhat rights\b|^me$|\bwhich (?:permissions|rights|groups|roles)\b|\bwhat do i have access\b/.test(
      said,
    );
  return isMe && subject.words.length === 0 ? { kind: 'whoami', place: subject.place } : undefined;
}

function readHealing({ said, sentence, subject }: Asked): Intent | undefined {
  const caseId = sentence.texts.map(parseHealingCaseId).find((id) => id !== undefined);
  if (caseId !== undefined) return { kind: 'healing', caseId };
  const isHealing =
    /\bself[- ]?healing\b|^healing$|\bheal(?:s|ed|ing)? (?:it|them|your)sel(?:f|ves)\b|\b(?:did|do|have|are|were|will|can|what|which) you (?:\w+ )?heal(?:ed|ing)?\b|\bwhat (?:was|were|got|is|gets|has been) (?:being )?heal(?:ed|ing)\b|\b(?:anything|something|things?) (?:\w+ )?(?:heal(?:s|ed|ing)?|healed)\b|\b(?:healing|open|escalated) cases\b|\bcases (?:of healing|are open|are escalated|need)\b|\b(?:did|have|do) you (?:\w+ )?(?:do|done|change|changed|fix|fixed|mend|mended|repair|repaired) (?:\w+ )?(?:by yourself|on your own|automatically)\b|\b(?:happened|happens|was done|was changed|got fixed) (?:by itself|automatically)\b/.test(
      said,
    );
  return isHealing && subject.words.length === 0 ? { kind: 'healing' } : undefined;
}

function readPlans({ said, planId, sentence }: Asked): Intent | undefined {
  const opens =
    /^(?:\W|please |jamie |ok |and |so )*(?:what|which|who|should|shall|can|could|is|are|was|were|did|does|do|has|have|how|when|where|why|show|list|give|get|display|see|any|plan|plans|tell|describe|explain|look|open|pending|print|view|would|will|diff|compare|may|must)\b/.test(
      said,
    );
  if (planId !== undefined && opens) {
    if (/\bwho\b|\baudit\b|\bhistory\b|\bwhen (?:was|were|did)\b/.test(said))
      return { kind: 'audit', planId, verify: false, page: 1 };
    if (/\bdiff\b|\bchanges?\b|\bdifferent\b|\bdifference\b|\bcompare\b/.test(said))
      return { kind: 'diff', planId, words: [], place: {} };
    return { kind: 'plan', planId };
  }
  const isPlans =
    /^plans?$|\b(?:open|pending|waiting|current|outstanding|all|my|our|the|any|which|what) plans?\b|\bplans? (?:are|is|do|waiting|open|pending)\b|\bpending approvals?\b|\b(?:waiting|waits|pending|needs|need|awaiting|wait) (?:for )?(?:my |our |an |your )?(?:approval|approvals|approving|decision)\b|\bto approve\b|\bopen (?:requests|approvals)\b|\bapprovals? (?:are )?(?:open|pending|waiting)\b|\b(?:should|shall|can|may|must|could|did) (?:i|we|you|anyone|anybody|somebody|someone) (?:approve|deny|reject)\b/.test(
      said,
    );
  return isPlans && (opens || sentence.hasQuestionMark) ? { kind: 'plan' } : undefined;
}

function readAudit({ said, sentence, subject, planId }: Asked): Intent | undefined {
  if (
    /\baudit\b|\bhash chain\b|\btampered?\b/.test(said) &&
    /\bverify\b|\bintact\b|\btamper|\bcheck\b|\bvalid\b|\bconsistent\b|\btrust\b|\bverified\b|\bintegrity\b/.test(
      said,
    )
  )
    return { kind: 'audit', verify: true, page: 1 };
  const isRecord =
    /\baudit\b|^history\b|\bhistory of (?:changes|approvals|decisions|what)\b|\b(?:change|changes|approval|decision) history\b|\bwho (?:has |have |had )?(?:\w+ )?(?:approved|denied|changed|restarted|scaled|rolled|reverted|deleted|did|froze|unfroze|touched|asked|requested|undid|deployed|triggered|ordered|killed|stopped|made|broke|removed|started)\b|\bwhat (?:did|has|have) (?:scarlet|jamie|you|anyone|anybody|somebody|we|they|people|the team)(?: \w+)? (?:do|done|change|changed|did|restart|approve|scale|been doing)\b|\bwhat (?:was|were|got|has been) (?:approved|denied|restarted|scaled|rolled|changed by)\b|\bwhat have you done\b|\bwho was (?:it|that)\b|\brecord of (?:changes|what)\b|\blast (?:changes|approvals|actions)\b/.test(
      said,
    );
  const isAnybody =
    subject.words.length === 0 &&
    /\b(?:did|has|have|had) (?:anybody|anyone|somebody|someone|we|you|they)(?: \w+)? (?:changed?|done|do|restarted?|scaled?|rolled|roll|deployed?|touched?|approved?)\b/.test(
      said,
    );
  if (!isRecord && !isAnybody) return undefined;
  const sinceSeconds = readSince(sentence) ?? dayOf(said);
  return {
    kind: 'audit',
    verify: false,
    page: 1,
    ...(planId !== undefined && { planId }),
    ...(sinceSeconds !== undefined && { sinceSeconds }),
  };
}

function dayOf(said: string): number | undefined {
  if (/\btoday\b/.test(said)) return 86_400;
  return /\bthis week\b|\blast week\b/.test(said) ? 7 * 86_400 : undefined;
}

function readStatus({ said, subject }: Asked): Intent | undefined {
  if (/^(?:is it (?:still )?frozen|(?:un)?freeze|frozen)$/.test(said)) return { kind: 'status' };
  if (subject.words.length > 0 || Object.keys(subject.place).length > 0) return undefined;
  const isOurs =
    /^(?:status|the status|your status|status please|show status|show me the status|(?:what is|get|give me) (?:the |your )(?:current )?status)\b|\b(?:are you|you are) (?:connected|there|up|alive|awake|online|ok|working|running|ready|on|busy|still there)\b|\bwhat are you (?:doing|working on|connected to|up to)\b|\bis (?:the )?(?:model|llm|ai) (?:on|off|up|available|running)\b|\bunder way\b|\bwhat is in progress\b|\bchanges frozen\b|\bis (?:there a |everything |a )?(?:freeze|frozen)\b|\bare (?:we|changes|writes) frozen\b|\bfreeze (?:on|active|in force|still)\b|\bshould (?:we|i) (?:un)?freeze\b|\bhow are you\b|\bwhat is frozen\b|\bchange freeze\b|\bstill frozen\b/.test(
      said,
    );
  return isOurs ? { kind: 'status' } : undefined;
}

function readDoctor({ said, subject }: Asked): Intent | undefined {
  if (subject.words.length > 0) return undefined;
  const isDoctor =
    /^(?:doctor|run doctor|run the doctor|call the doctor)\b|\b(?:run|do|start|perform) (?:a |the |your )?(?:self[- ]?check|self[- ]?test|doctor|diagnostics|checkup|check-up)\b|\bcheck (?:yourself|your (?:own )?(?:connections?|setup|set-up|configuration|health|self|installation))\b|\b(?:all|your) connections? (?:ok|fine|working|up|healthy)\b|\bdiagnose yourself\b|\btest (?:your|the) connections?\b|\bis your (?:setup|installation|configuration)\b|\bare your connections\b|\bis jamie (?:ok|healthy|well|set up)\b|\bwhat is missing in (?:your|the) (?:setup|installation)\b|\bself[- ]?(?:check|test)\b|\bcheck (?:all )?(?:the )?connections\b|\bwhat is wrong with you\b|\bare you (?:healthy|well|properly|set up)\b/.test(
      said,
    );
  return isDoctor ? { kind: 'doctor' } : undefined;
}

function readClusters({ said, subject }: Asked): Intent | undefined {
  const isList =
    /^clusters?$|\b(?:which|what|list|show|all|my|our|known|how many|available|the|of) (?:\w+ )?clusters\b|\bclusters (?:do|are|can|does)\b|\bwhich cluster\b|\bwhat cluster\b/.test(
      said,
    );
  return isList &&
    subject.words.length === 0 &&
    !/\bhealth|\bdown|\bbroken|\btrouble|\bproblems?|\bok\b|\bunhealthy\b/.test(said)
    ? { kind: 'clusters' }
    : undefined;
}
