import {
  countOf,
  eventsWithin,
  type FoldedEvent,
  findOwner,
  foldEvents,
  formatAge,
  formatDuration,
} from '@jamie/analysis';
import type { ReplyOption, ReplySection } from '@jamie/core';
import { typedName } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import type { CommandRequest } from './command-request.ts';
import { freshnessNotes } from './listing/freshness.ts';
import { type Look, lookAt } from './listing/look-at.ts';
import { pageOf } from './listing/paging.ts';
import { type Outcome, refusal } from './outcome.ts';

type EventsIntent = IntentOf<'events'>;

/** kube-apiserver's --event-ttl unless it is set otherwise. */
const KEPT_SECONDS = 3_600;
/** Tables cut longer messages where they are narrow. */
const ROOM_IN_TABLE = 40;
const MAX_WHOLE = 5;

/** What the cluster reported, repetitions folded, newest first; about one object, warnings first. */
export async function events(
  context: AgentsContext,
  asked: CommandRequest,
  intent: EventsIntent,
): Promise<Outcome> {
  const look = await lookAt(context, asked, intent, 'Event');
  if (look.kind === 'not_found') return look.outcome;
  const { snapshot, connection, ref } = look;
  const unread = snapshot.unread.find(({ kind }) => kind === 'Event');
  if (unread !== undefined) {
    return refusal(
      `I cannot tell what happened ${look.place}: I could not read events (${unread.message}). Try again, or type doctor.`,
    );
  }
  const { sinceSeconds, warnings } = intent;
  const found = eventsWithin(snapshot, {
    scope: look.scope,
    warningsOnly: warnings,
    ...(sinceSeconds !== undefined && { since: snapshot.takenAt - sinceSeconds * 1_000 }),
  });
  const outcome = eventsOutcome(look, intent, foldEvents(found, ref !== undefined));
  return { ...outcome, cluster: connection.info.name, ...(ref !== undefined && { focus: ref }) };
}

function eventsOutcome(look: Look, intent: EventsIntent, folded: readonly FoldedEvent[]): Outcome {
  const { snapshot } = look;
  const lines = [...keptNotes(intent, folded.length), ...freshnessNotes(snapshot)];
  const text = lines.length === 0 ? [] : [{ kind: 'text' as const, lines }];
  const headline = headlineOf(look, intent, folded);
  if (folded.length === 0) {
    const reply = { tone: 'answer', headline, sections: text, proposals: [] } as const;
    return { reply: { ...reply, followUps: waysOn(look, intent, folded) } };
  }
  const page = pageOf(tableOf(folded, intent, snapshot.takenAt), intent, look.stem);
  if (page.kind === 'no_page') return page.outcome;
  return {
    reply: {
      tone: 'answer',
      headline,
      sections: [page.section, ...wholeMessages(folded.slice(page.first, page.first + page.count)), ...text],
      proposals: [],
      followUps: [...page.followUps, ...waysOn(look, intent, folded)],
      ...(page.files.length > 0 && { files: page.files }),
    },
  };
}

/** `9 events in payments on demo (41 with repetitions), 6 of them warnings; the last: BackOff on Pod x, 20 s ago.` */
function headlineOf({ place, snapshot }: Look, intent: EventsIntent, folded: readonly FoldedEvent[]): string {
  const since =
    intent.sinceSeconds === undefined ? '' : ` in the last ${formatDuration(intent.sinceSeconds * 1_000)}`;
  const noun = intent.warnings ? 'warning' : 'event';
  if (folded.length === 0) return `No ${noun}s ${place}${since}.`;
  const warnings = folded.filter(({ type }) => type === 'Warning');
  const all = folded.reduce((sum, { count }) => sum + count, 0);
  const repeated = all > folded.length ? ` (${all} with repetitions)` : '';
  const share = intent.warnings ? '' : warningShare(warnings.length);
  const newest = newestOf(warnings.length > 0 ? warnings : folded);
  const last = newest === undefined ? '' : describeNewest(newest, warnings.length > 0, snapshot.takenAt);
  return `${countOf(folded.length, noun)} ${place}${since}${repeated}${share}${last}.`;
}

function warningShare(count: number): string {
  if (count === 0) return ', none of them a warning';
  return count === 1 ? ', one of them a warning' : `, ${count} of them warnings`;
}

function newestOf(folded: readonly FoldedEvent[]): FoldedEvent | undefined {
  return folded.reduce<FoldedEvent | undefined>(
    (newest, event) => (newest === undefined || event.lastSeen > newest.lastSeen ? event : newest),
    undefined,
  );
}

function describeNewest({ reason, objects, lastSeen }: FoldedEvent, isWarning: boolean, now: number): string {
  const [object] = objects;
  const on = object === undefined ? '' : ` on ${object.kind} ${object.name}`;
  return `; the last${isWarning ? ' warning' : ''}: ${reason}${on}, ${formatDuration(now - lastSeen)} ago`;
}

/** Silence is no proof of health: what is older was thrown away. */
function keptNotes({ sinceSeconds = KEPT_SECONDS + 1 }: EventsIntent, found: number): readonly string[] {
  if (found > 0 && sinceSeconds <= KEPT_SECONDS + 1) return [];
  const kept = 'Kubernetes keeps events for an hour unless the cluster is set otherwise';
  return [
    found > 0 ? `${kept}; older ones may be gone.` : `${kept}, so this says nothing about what was before.`,
  ];
}

function tableOf(folded: readonly FoldedEvent[], { warnings }: EventsIntent, now: number) {
  const namespaces = new Set(folded.flatMap(({ objects }) => objects.map(({ namespace }) => namespace)));
  const isWide = namespaces.size > 1;
  const place = isWide ? ['Namespace'] : [];
  const type = warnings ? [] : ['Type'];
  return {
    columns: [...place, 'Last seen', ...type, 'Reason', 'Object', 'Count', 'Message'],
    rows: folded.map((event) => [
      ...(isWide ? [event.objects[0]?.namespace || '–'] : []),
      formatAge(now - event.lastSeen),
      ...(warnings ? [] : [event.type]),
      event.reason,
      objectOf(event),
      String(event.count),
      event.message,
    ]),
  };
}

/** The messages of the first warnings once more: a table has no room for a long one, and it is the point of them. */
function wholeMessages(folded: readonly FoldedEvent[]): readonly ReplySection[] {
  const items = folded
    .filter(({ type, message }) => type === 'Warning' && message.length > ROOM_IN_TABLE)
    .slice(0, MAX_WHOLE)
    .map((event) => `${event.reason} on ${objectOf(event)}: ${event.message}`);
  return items.length === 0 ? [] : [{ kind: 'list', title: 'Warnings in full', items }];
}

function objectOf({ objects }: FoldedEvent): string {
  const [first, ...others] = objects;
  if (first === undefined) return '–';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `${first.kind} ${first.name}${more}`;
}

function waysOn(look: Look, intent: EventsIntent, folded: readonly FoldedEvent[]): readonly ReplyOption[] {
  const warnings = folded.filter(({ type }) => type === 'Warning').length;
  const owner = look.ref === undefined ? undefined : (findOwner(look.snapshot, look.ref) ?? look.ref);
  const place = { ...intent.place, ...(owner?.namespace !== undefined && { namespace: owner.namespace }) };
  return [
    ...(warnings > 0 && warnings < folded.length && !intent.warnings
      ? [{ label: 'Warnings only', command: formatIntent({ ...intent, warnings: true, page: 1 }) }]
      : []),
    ...(owner === undefined
      ? [{ label: 'How it is now', command: formatIntent({ kind: 'health', place: intent.place }) }]
      : [
          {
            label: `Why ${owner.name}`,
            command: formatIntent({
              kind: 'why',
              words: [typedName(owner)],
              place,
            }),
          },
        ]),
  ];
}
