import {
  countBySource,
  countOf,
  type Detection,
  findDetections,
  groupByArea,
  listDetections,
  listOf,
} from '@jamie/analysis';
import type { ReplyFile } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { alignColumns } from './listing/align-columns.ts';
import { pageOf } from './listing/paging.ts';
import { answer, type Outcome, refusal } from './outcome.ts';

const COLUMNS = ['Code', 'Finds', 'Severity', 'Hygiene', 'Reads'] as const;

/** What can be detected: by area, one detection by its code, or those that words fit. Needs no cluster. */
export async function detections(
  _context: AgentsContext,
  _asked: CommandRequest,
  intent: IntentOf<'detections'>,
): Promise<Outcome> {
  const all = listDetections();
  if (intent.about.length === 0) return overview(all);
  const choice = findDetections(all, intent.about);
  switch (choice.kind) {
    case 'one':
      return explain(choice.detection);
    case 'some':
      return listSome(choice.detections, intent);
    default:
      return unknown(choice.reason, intent.about.join(' '));
  }
}

function overview(all: readonly Detection[]): Outcome {
  const hygiene = all.filter(({ isHygiene }) => isHygiene).length;
  const areas = groupByArea(all);
  const told = hygiene === 0 ? '' : ` ${hygiene} of them are hygiene, told with --lint.`;
  const rows = areas.map(({ area, title, detections: within }) => [
    title,
    area,
    String(within.length),
    ...(['critical', 'warning', 'info'] as const).map((severity) =>
      String(within.filter((each) => each.severity === severity).length),
    ),
  ]);
  const covered = countBySource(all).map(([tool, count]) => `${count} of ${tool}`);
  const outcome = answer(`${countOf(all.length, 'detection')} in ${countOf(areas.length, 'area')}.${told}`, [
    { kind: 'table', columns: ['Area', 'In codes', 'Detections', 'Critical', 'Warning', 'Info'], rows },
    {
      kind: 'text',
      lines: [
        ...(covered.length === 0 ? [] : [`Checks of other tools that they cover: ${listOf(covered)}.`]),
        'detections CHK-POD-101 explains one; detections storage lists those that fit.',
      ],
    },
  ]);
  return { ...outcome, reply: { ...outcome.reply, files: [catalogueFile(all)] } };
}

function catalogueFile(all: readonly Detection[]): ReplyFile {
  const rows = all.map((each) => [...rowOf(each), each.sources.join(', ')]);
  return {
    name: 'detections.txt',
    title: `All ${all.length} detections`,
    text: alignColumns([...COLUMNS, 'Also known as'], rows),
  };
}

function rowOf({ code, title, severity, isHygiene, reads }: Detection): readonly string[] {
  return [code, title, severity, isHygiene ? 'yes' : '', reads.join(', ')];
}

function listSome(found: readonly Detection[], intent: IntentOf<'detections'>): Outcome {
  const words = intent.about.join(' ');
  const page = pageOf({ columns: COLUMNS, rows: found.map(rowOf) }, intent, words);
  if (page.kind === 'no_page') return page.outcome;
  const outcome = answer(`${countOf(found.length, 'detection')} fit ${quoted(words)}.`, [page.section]);
  const { files, followUps } = page;
  return { ...outcome, reply: { ...outcome.reply, followUps, ...(files.length > 0 && { files }) } };
}

function explain(detection: Detection): Outcome {
  const { code, title, severity, tier, reads, helpedBy, explainedBy, sources, isHygiene } = detection;
  const lines = [
    `Severity: ${severity}. ${isHygiene ? 'Hygiene: it hurts nobody yet, never makes a verdict faulty, and is told with health --lint or why --lint.' : 'Told whenever it is found.'}`,
    `It reads ${listOf(reads)}. Where one of them cannot be read, it says that it cannot tell.`,
    ...(helpedBy.length === 0 ? [] : [`With ${listOf(helpedBy)} it can say more.`]),
    isHygiene
      ? 'It explains no other finding.'
      : `It stands at the tier ${tier}: it may explain what is found at a later one.`,
    ...(explainedBy.length === 0 ? [] : [`Of the same container, ${listOf(explainedBy)} explain it.`]),
    ...(sources.length === 0 ? [] : [`Other tools call it ${listOf(sources)}.`]),
  ];
  return answer(`${code}: ${title}.`, [{ kind: 'text', lines }]);
}

function unknown(reason: 'unknown_code' | 'nothing_fits', words: string): Outcome {
  return refusal(
    reason === 'unknown_code'
      ? `There is no detection ${quoted(words)}. Type detections for the areas and all codes.`
      : `No detection fits ${quoted(words)}. Fewer words find more; type detections for the areas.`,
  );
}

/** What a person typed, short enough to be repeated. */
function quoted(words: string): string {
  return `"${words.slice(0, 60)}"`;
}
