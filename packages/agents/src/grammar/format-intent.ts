import { assertNever } from '@jamie/core';
import type { Intent } from './command-list.ts';
import { EVERY_NAMESPACE, type Place } from './parameters.ts';
import { formatAmount } from './read-amount.ts';

/** The command that asks for this intent, as a person would type it: what parseCommand reads back. */
export function formatIntent(intent: Intent): string {
  const parts = [intent.kind, ...argumentsOf(intent)].filter((part) => part !== '');
  return parts.join(' ');
}

function argumentsOf(intent: Intent): readonly string[] {
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
    case 'health':
      return placeWords(intent.place);
    case 'why':
    case 'restart':
      return [...intent.words, ...placeWords(intent.place)];
    case 'scale':
      return [...intent.words, formatAmount(intent.amount), ...placeWords(intent.place)];
    case 'rollback':
      return [...intent.words, ...option('--to', intent.toRevision), ...placeWords(intent.place)];
    case 'plan':
    case 'undo':
      return [intent.planId ?? ''];
    case 'edit':
      return [intent.planId, ...Object.entries(intent.values).map(([name, value]) => `${name}=${value}`)];
    case 'approve':
    case 'deny':
      return [intent.planId ?? '', intent.reason];
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
    default:
      return assertNever(intent);
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
