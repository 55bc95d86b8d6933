import {
  countOf,
  findOwner,
  formatAge,
  isWell,
  type PodRow,
  podRows,
  podsWithin,
  someOf,
} from '@jamie/analysis';
import type { ReplyOption } from '@jamie/core';
import { formatObjectRef, MAX_FOLLOW_UPS, typedName } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import { formatIntent } from '../grammar/format-intent.ts';
import type { CommandRequest } from './command-request.ts';
import { freshnessNotes } from './listing/freshness.ts';
import { type Look, lookAt } from './listing/look-at.ts';
import { pageOf } from './listing/paging.ts';
import { type Outcome, refusal } from './outcome.ts';

type PodsIntent = IntentOf<'pods'>;

/** The pods of a namespace, the cluster or an object, worst first. Read for the person, as far as they may. */
export async function pods(
  context: AgentsContext,
  asked: CommandRequest,
  intent: PodsIntent,
): Promise<Outcome> {
  const look = await lookAt(context, asked, intent, 'Pod');
  if (look.kind === 'not_found') return look.outcome;
  const { snapshot, connection, ref } = look;
  const found = podsWithin(snapshot, look.scope);
  if (found.kind === 'no_pods') return refusal(explainNoPods(found.reason, look));
  const outcome = podsOutcome(look, intent, podRows(found.pods, snapshot.takenAt));
  return { ...outcome, cluster: connection.info.name, ...(ref !== undefined && { focus: ref }) };
}

/** Why there is no list of pods. */
export function explainNoPods(reason: 'unread' | 'gone' | 'none', { snapshot, place, ref }: Look): string {
  const subject = ref === undefined ? 'It' : formatObjectRef(ref);
  switch (reason) {
    case 'unread': {
      const why = snapshot.unread.find(({ kind }) => kind === 'Pod')?.message ?? 'no answer';
      return `I cannot tell which pods there are ${place}: I could not read them (${why}). Try again, or type doctor.`;
    }
    case 'gone':
      return `${subject} is not there any more. Type pods for those that are.`;
    case 'none':
      return `${subject} has no pods of its own. Name a workload, a Service, a node or a pod.`;
  }
}

function podsOutcome(look: Look, intent: PodsIntent, all: readonly PodRow[]): Outcome {
  const { snapshot, place } = look;
  const rows = intent.unhealthy ? all.filter((row) => !isWell(row)) : all;
  const notes = freshnessNotes(snapshot);
  const headline = headlineOf(all, place);
  const text = notes.length === 0 ? [] : [{ kind: 'text' as const, lines: notes }];
  if (rows.length === 0) {
    const followUps = all.length === 0 ? whyNone(look, intent) : [];
    return { reply: { tone: 'answer', headline, sections: text, proposals: [], followUps } };
  }
  const page = pageOf(tableOf(rows, snapshot.takenAt), intent, look.stem);
  if (page.kind === 'no_page') return page.outcome;
  return {
    reply: {
      tone: 'answer',
      headline,
      sections: [page.section, ...text],
      proposals: [],
      followUps: [...page.followUps, ...waysOn(look, intent, all)].slice(0, MAX_FOLLOW_UPS),
      ...(page.files.length > 0 && { files: page.files }),
    },
  };
}

/** `7 pods in payments on demo, 3 not ready: 2 CrashLoopBackOff, 1 Pending.` */
function headlineOf(rows: readonly PodRow[], place: string): string {
  if (rows.length === 0) return `No pods ${place}.`;
  const total = `${countOf(rows.length, 'pod')} ${place}`;
  const unwell = rows.filter((row) => !isWell(row));
  if (unwell.length > 0) {
    const isUnready = unwell.every((row) => row.readyContainers < row.containers || row.status !== 'Running');
    return `${total}, ${unwell.length} ${isUnready ? 'not ready' : 'unhealthy'}: ${tally(unwell.map(wordOf))}.`;
  }
  const isReady = ({ condition }: PodRow): boolean => condition === 'ready';
  if (rows.every(isReady)) return rows.length === 1 ? `${total}, ready.` : `${total}, all ready.`;
  const kinds = [
    countIf(rows, 'ready', 'ready'),
    countIf(rows, 'done', 'completed'),
    countIf(rows, 'ending', 'being deleted'),
  ];
  return `${total}: ${kinds.filter((kind) => kind !== '').join(', ')}.`;
}

function countIf(rows: readonly PodRow[], condition: PodRow['condition'], word: string): string {
  const count = rows.filter((row) => row.condition === condition).length;
  return count === 0 ? '' : `${count} ${word}`;
}

function wordOf(row: PodRow): string {
  if (row.status !== 'Running') return row.status;
  return row.condition === 'failing' ? 'Running but restarting' : 'Running but not ready';
}

/** `2 CrashLoopBackOff and 1 Pending`; the word alone where there is but one. */
function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [only] = counts.keys();
  if (counts.size === 1 && only !== undefined) return only;
  const ordered = [...counts].sort(([, left], [, right]) => right - left);
  return someOf(ordered.map(([word, count]) => `${count} ${word}`));
}

function tableOf(rows: readonly PodRow[], now: number) {
  const isWide = new Set(rows.map(({ pod }) => pod.namespace)).size > 1;
  const columns = [...(isWide ? ['Namespace'] : []), 'Name', 'Ready', 'Status', 'Restarts', 'Age', 'Node'];
  return {
    columns,
    rows: rows.map((row) => [
      ...(isWide ? [row.pod.namespace] : []),
      row.pod.name,
      `${row.readyContainers}/${row.containers}`,
      row.status,
      restartsOf(row, now),
      formatAge(now - row.pod.createdAt),
      row.pod.nodeName || '–',
    ]),
  };
}

function restartsOf({ restarts, lastRestartAt }: PodRow, now: number): string {
  if (restarts === 0 || lastRestartAt === undefined) return String(restarts);
  return `${restarts} (${formatAge(now - lastRestartAt)} ago)`;
}

function waysOn(look: Look, intent: PodsIntent, rows: readonly PodRow[]): readonly ReplyOption[] {
  const [worst] = rows;
  const unwell = rows.filter((row) => !isWell(row));
  if (worst === undefined || unwell.length === 0) return [];
  const { namespace, name } = worst.pod;
  const place = { ...intent.place, namespace };
  const ref = { kind: 'Pod', namespace, name } as const;
  const owner = findOwner(look.snapshot, ref) ?? ref;
  const words = [typedName(owner)];
  const unhealthy = formatIntent({ ...intent, unhealthy: true, page: 1 });
  const logs = formatIntent({ kind: 'logs', words: [`pod/${name}`], place, previous: false });
  return [
    ...(unwell.length < rows.length && !intent.unhealthy
      ? [{ label: 'Only the unhealthy', command: unhealthy }]
      : []),
    { label: `Why ${owner.name}`, command: formatIntent({ kind: 'why', words, place }) },
    ...(hasWritten(worst) ? [{ label: `Logs of ${name}`, command: logs }] : []),
  ];
}

/** Where no container has ever started, there is no log. */
function hasWritten({ pod }: PodRow): boolean {
  return pod.containers.some(({ state, lastState }) =>
    [state, lastState].some(({ kind }) => kind === 'running' || kind === 'terminated'),
  );
}

/** An object that should have pods and has none is worth a question; an empty namespace is not. */
function whyNone({ ref }: Look, intent: PodsIntent): readonly ReplyOption[] {
  if (ref === undefined) return [];
  const place = { ...intent.place, ...(ref.namespace !== undefined && { namespace: ref.namespace }) };
  const words = [typedName(ref)];
  return [{ label: `Why ${ref.name}`, command: formatIntent({ kind: 'why', words, place }) }];
}
