import { assertNever, formatAmounts, formatBounds, formatMarks } from '@jamie/core';
import type { Intent, IntentOf } from './command-list.ts';
import { EVERY_NAMESPACE, type Place } from './parameters.ts';
import type { JoinableIntent } from './parse-together.ts';
import { formatAmount } from './read-amount.ts';

/** The command that asks for this intent, as a person would type it: what parseCommand reads back. */
export function formatIntent(intent: Intent): string {
  if (intent.kind === 'several') return intent.commands.join(' then ');
  const parts = [intent.kind, ...argumentsOf(intent)].filter((part) => part !== '');
  return parts.join(' ');
}

function argumentsOf(intent: Exclude<Intent, IntentOf<'several'>>): readonly string[] {
  switch (intent.kind) {
    case 'status':
    case 'doctor':
    case 'clusters':
    case 'stop':
    case 'thanks':
      return [];
    case 'help':
      return [intent.topic ?? ''];
    case 'ask':
      return [intent.question];
    case 'whoami':
      return placeWords(intent.place);
    case 'health':
      return [...flag('--lint', intent.lint ?? false), ...placeWords(intent.place)];
    case 'why':
      return [...intent.words, ...flag('--lint', intent.lint ?? false), ...placeWords(intent.place)];
    case 'detections':
      return [...intent.about.map(quote), ...pageWords(intent.page)];
    case 'plan':
    case 'replay':
    case 'undo':
      return [intent.planId ?? ''];
    case 'edit':
      return [intent.planId, ...Object.entries(intent.values).map(([name, value]) => `${name}=${value}`)];
    case 'approve':
    case 'deny':
      return [intent.planId ?? '', intent.reason];
    case 'healing':
      return [intent.caseId ?? ''];
    case 'close':
      return [intent.caseId, intent.reason];
    case 'break-glass':
      return [intent.planId, intent.reason];
    case 'review':
      return [intent.planId ?? '', intent.text];
    case 'delegate':
      return delegationWords(intent);
    case 'freeze':
    case 'unfreeze':
      return [intent.reason];
    case 'pods':
    case 'logs':
    case 'events':
    case 'diff':
    case 'top':
    case 'use':
    case 'audit':
      return lookingWords(intent);
    case 'apply':
      return placeWords(intent.place);
    default:
      return [...intent.words, ...changeWords(intent), ...placeWords(intent.place)];
  }
}

function delegationWords({ userId, seconds, ends, reason }: IntentOf<'delegate'>): readonly string[] {
  if (userId === undefined) return [];
  const person = `<@${userId}>`;
  return ends ? ['end', person] : [person, `${seconds ?? 0}s`, reason];
}

/** What a change says between what it names and where that is. */
function changeWords(intent: JoinableIntent): readonly string[] {
  switch (intent.kind) {
    case 'scale':
      return [formatAmount(intent.amount)];
    case 'rollback':
      return option('--to', intent.toRevision);
    case 'image':
      return [intent.image, ...option('-c', intent.container)];
    case 'resize':
      return [...option('-c', intent.container), ...formatAmounts(intent)];
    case 'autoscale':
      return formatBounds(intent);
    case 'label':
      return formatMarks(intent.labels);
    case 'annotate':
      return formatMarks(intent.annotations);
    default:
      return [];
  }
}

type LookingIntent = Extract<Intent, { kind: 'pods' | 'logs' | 'events' | 'diff' | 'top' | 'use' | 'audit' }>;

function lookingWords(intent: LookingIntent): readonly string[] {
  switch (intent.kind) {
    case 'pods':
      return [...intent.words, ...flag('--unhealthy', intent.unhealthy), ...ending(intent)];
    case 'logs':
      return [
        ...intent.words,
        ...option('-c', intent.container),
        ...flag('--previous', intent.previous),
        ...option('--since', seconds(intent.sinceSeconds)),
        ...option('--tail', intent.tailLines),
        ...option('--grep', intent.grep === undefined ? undefined : quote(intent.grep)),
        ...option('--follow', seconds(intent.followSeconds)),
        ...placeWords(intent.place),
      ];
    case 'events':
      return [
        ...intent.words,
        ...flag('--warnings', intent.warnings),
        ...option('--since', seconds(intent.sinceSeconds)),
        ...ending(intent),
      ];
    case 'diff':
      return [
        intent.planId ?? '',
        ...intent.words,
        ...option('--from', intent.fromRevision),
        ...option('--to', intent.toRevision),
        ...placeWords(intent.place),
      ];
    case 'top':
      return [
        ...(intent.words.length === 0 ? [intent.of] : intent.words),
        ...option('--by', intent.by === 'cpu' ? undefined : intent.by),
        ...flag('--chart', intent.chart),
        ...ending(intent),
      ];
    case 'use':
      return [
        ...placeWords(intent.place),
        ...option('--for', intent.for === 'me' ? undefined : intent.for),
        ...flag('--clear', intent.clear),
      ];
    case 'audit':
      return [
        intent.verify ? 'verify' : (intent.planId ?? ''),
        ...option('--since', seconds(intent.sinceSeconds)),
        ...pageWords(intent.page),
      ];
    default:
      return assertNever(intent);
  }
}

function ending({ page, place }: { readonly page: number; readonly place: Place }): readonly string[] {
  return [...pageWords(page), ...placeWords(place)];
}

function pageWords(page: number): readonly string[] {
  return option('--page', page === 1 ? undefined : page);
}

function placeWords({ namespace, cluster }: Place): readonly string[] {
  const where = namespace === EVERY_NAMESPACE ? ['-A'] : option('-n', namespace);
  return [...where, ...option('--cluster', cluster)];
}

function option(flagText: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [flagText, String(value)];
}

function flag(flagText: string, isSet: boolean): readonly string[] {
  return isSet ? [flagText] : [];
}

/** `10m` rather than `600s`. */
function seconds(value: number | undefined): string | undefined {
  if (value === undefined) return undefined;
  for (const [unit, length] of [
    ['d', 86_400],
    ['h', 3_600],
    ['m', 60],
  ] as const)
    if (value % length === 0) return `${value / length}${unit}`;
  return `${value}s`;
}

function quote(text: string): string {
  const mark = text.includes('"') ? "'" : '"';
  return /[\s"'=]|^-/.test(text) ? `${mark}${text}${mark}` : text;
}
