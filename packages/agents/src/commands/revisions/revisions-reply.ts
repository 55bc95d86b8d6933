import { formatAge, formatDuration, listOf, someOf, toSingleLine } from '@jamie/analysis';
import type { Reply, ReplyOption, WorkloadRef } from '@jamie/core';
import { formatObjectRef, typedName } from '@jamie/core';
import { diffRevisions, type Revision, type RevisionDiff, type RevisionHistory } from '@jamie/operations';
import type { IntentOf } from '../../grammar/command-list.ts';
import { formatIntent } from '../../grammar/format-intent.ts';
import { diffText, markNotes } from './diff-text.ts';

export interface ComparedRevisions {
  readonly intent: IntentOf<'diff'>;
  readonly target: WorkloadRef;
  readonly history: RevisionHistory;
  readonly from: Revision;
  readonly to: Revision;
  readonly now: number;
}

/** Two revisions side by side: what changed in a line, who and when, the diff, and what else is kept. Pure. */
export function revisionsReply(compared: ComparedRevisions): Reply {
  const { target, from, to, history } = compared;
  const diff = diffRevisions(`${target.kind}/${target.name}`, from, to);
  const shown = diff.kind === 'same' ? '' : diff.diff;
  const text = diffText(shown, `${target.name}-${from.number}-${to.number}`);
  const kept = history.revisions.map(({ number }) => String(number));
  const notes = [
    ...configurationNotes(diff, to),
    ...markNotes(shown),
    `Revisions kept: ${listOf(kept)}${kept.length > 1 ? '; choose with --from and --to' : ''}.`,
  ];
  return {
    tone: 'answer',
    headline: `${formatObjectRef(target)}, revision ${from.number} to ${to.number}: ${pointOf(diff)}.`,
    sections: [tableOf(compared), ...text.sections, { kind: 'text', lines: notes }],
    proposals: [],
    followUps: waysOn(compared),
    ...(text.files.length > 0 && { files: text.files }),
  };
}

/** What changed, in a few words. */
function pointOf(diff: RevisionDiff): string {
  if (diff.kind === 'same') return 'the pod templates are the same';
  if (diff.kind === 'restart') return 'a restart, and nothing else';
  const images = diff.images.map((image) => describeImage(image, diff.images.length === 1));
  const lines = diff.diff.split('\n').slice(2);
  const added = lines.filter((line) => line.startsWith('+')).length;
  const removed = lines.filter((line) => line.startsWith('-')).length;
  const size = `${added} lines added and ${removed} removed`;
  if (images.length === 0) return `no image changed; ${size}`;
  const isImagesOnly = added === removed && added === images.length;
  return isImagesOnly ? `${someOf(images)}, and nothing else` : `${someOf(images)}; ${size} in all`;
}

function describeImage(
  { container, before, after }: RevisionDiff['images'][number],
  isOnly: boolean,
): string {
  if (before === undefined) return `container ${container} is new (${shortImage(after)})`;
  if (after === undefined) return `container ${container} is gone`;
  const [old, now] = [shortImage(before), shortImage(after)];
  const of = isOnly ? 'image' : `container ${container}:`;
  if (old === now) return `${of} ${now} from another registry`;
  const [[oldName], [nowName, tag]] = [old.split(':'), now.split(':')];
  return `${of} ${old} → ${oldName === nowName && tag !== undefined ? tag : now}`;
}

/** An image without its registry and path: `checkout:2.4.1`. */
function shortImage(image = ''): string {
  return toSingleLine(image.slice(image.lastIndexOf('/') + 1), 80);
}

function configurationNotes({ configuration }: RevisionDiff, to: Revision): readonly string[] {
  const { added, removed } = configuration;
  return [
    ...(added.length === 0 ? [] : [`Revision ${to.number} also reads ${someOf(added, 5)}.`]),
    ...(removed.length === 0 ? [] : [`Revision ${to.number} no longer reads ${someOf(removed, 5)}.`]),
  ];
}

function tableOf({ from, to, history, now }: ComparedRevisions): Reply['sections'][number] {
  return {
    kind: 'table',
    columns: ['Revision', 'Made', 'Change cause'],
    rows: [from, to].map((revision) => [
      `${revision.number}${revision.number === history.current ? ' (present)' : ''}`,
      Number.isFinite(revision.createdAt)
        ? `${formatDuration(now - revision.createdAt)} ago`
        : formatAge(Number.NaN),
      toSingleLine(revision.changeCause, 120) || 'none given',
    ]),
  };
}

function waysOn({ intent, target, history, from }: ComparedRevisions): readonly ReplyOption[] {
  const place = { ...intent.place, namespace: target.namespace };
  const words = [typedName(target)];
  const earlier = history.revisions.filter(({ number }) => number < from.number).at(-1);
  const step = { kind: 'diff', words, place } as const;
  return [
    ...(earlier === undefined
      ? []
      : [
          {
            label: `Revision ${earlier.number} to ${from.number}`,
            command: formatIntent({ ...step, fromRevision: earlier.number, toRevision: from.number }),
          },
        ]),
    { label: `Why ${target.name}`, command: formatIntent({ kind: 'why', words, place }) },
  ];
}
