import type { MongoCollections, MongoRow } from '@jamie/database/mongodb';
import { below, oneOf } from '@jamie/database/mongodb';

/** How far back messages are looked through that Slack may show in an older version. */
const NEWEST_MESSAGES = 5_000;
const PAGE = 500;
const FIELDS = ['sequence', 'conversationId', 'planId', 'isOurs', 'stands', 'shownVersion', 'version'];

/** The ids of the newest messages that Slack shows in an older version or not yet though they are for it. */
export async function listBehindIds(
  collections: MongoCollections,
  limit: number,
): Promise<readonly string[]> {
  const behind: string[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (let seen = 0; seen < NEWEST_MESSAGES && behind.length < limit; seen += PAGE) {
    const page = await collections
      .collection('messages')
      .find({ sequence: below(before) }, { sort: { sequence: -1 }, limit: PAGE, fields: FIELDS });
    behind.push(...(await pageBehind(collections, page)));
    if (page.length < PAGE) break;
    before = Number(page.at(-1)?.['sequence']);
  }
  return behind.slice(0, limit);
}

async function pageBehind(
  collections: MongoCollections,
  page: readonly MongoRow[],
): Promise<readonly string[]> {
  const ours = page.filter((row) => row['isOurs'] === true);
  const [planVersions, surfaces] = await Promise.all([
    readColumn(collections, { from: 'plans', column: 'version', ids: idsOf(ours, 'planId') }),
    readColumn(collections, { from: 'conversations', column: 'surface', ids: idsOf(ours, 'conversationId') }),
  ]);
  const isBehind = (row: MongoRow) =>
    row['stands'] === true
      ? Number(row['shownVersion']) <
        Number(row['version']) + Number(planVersions.get(String(row['planId'])) ?? 0)
      : surfaces.get(String(row['conversationId'])) === 'slack';
  return ours.filter(isBehind).map((row) => String(row['_id']));
}

function idsOf(rows: readonly MongoRow[], field: string): readonly string[] {
  return [...new Set(rows.map((row) => row[field]).filter((id) => typeof id === 'string'))];
}

interface Column {
  readonly from: 'plans' | 'conversations';
  readonly column: string;
  readonly ids: readonly string[];
}

async function readColumn(
  collections: MongoCollections,
  { from, column, ids }: Column,
): Promise<ReadonlyMap<string, unknown>> {
  if (ids.length === 0) return new Map();
  const rows = await collections.collection(from).find({ _id: oneOf(ids) }, { fields: [column] });
  return new Map(rows.map((row) => [String(row['_id']), row[column]]));
}
