import { canonicalJson, type LiveStream, type LiveStreams } from '@jamie/core';
import { below, type MongoDatabase, type MongoRow } from '@jamie/database/mongodb';
import { liveStreamSchema } from '../records/live-stream-schema.ts';
import { readRecord } from '../records/read-record.ts';

const OLDEST_FIRST = { startedAt: 1, channelId: 1, ts: 1 } as const;

/** The streams that Slack still shows as being written, on MongoDB. The database belongs to the caller. */
export function openMongoLiveStreams(database: MongoDatabase): LiveStreams {
  const streams = database.collection('slackStreams');
  return {
    async add(stream) {
      const { channelId, ts, requestId, startedAt } = stream;
      await streams.insertMissing({
        ...{ _id: idOf(channelId, ts), channelId, ts, requestId, startedAt },
        record: canonicalJson(stream),
      });
    },
    async listOf(requestId) {
      return (await streams.find({ requestId }, { sort: OLDEST_FIRST })).map(toStream);
    },
    async listStartedBefore(time, limit) {
      const rows = await streams.find({ startedAt: below(time) }, { sort: OLDEST_FIRST, limit });
      return rows.map(toStream);
    },
    async remove(channelId, ts) {
      return (await streams.remove({ _id: idOf(channelId, ts) })) === 1;
    },
  };
}

function idOf(channelId: string, ts: string): string {
  return canonicalJson([channelId, ts]);
}

function toStream(row: MongoRow): LiveStream {
  return readRecord(liveStreamSchema, row['record'], 'Slack stream', String(row['ts']));
}
