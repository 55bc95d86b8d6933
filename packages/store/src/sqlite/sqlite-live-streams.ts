import { canonicalJson, type LiveStream, type LiveStreams } from '@jamie/core';
import type { Database, SqlRow } from '@jamie/database';
import { liveStreamSchema } from '../records/live-stream-schema.ts';
import { readRecord } from '../records/read-record.ts';

/** The streams that Slack still shows as being written, in SQLite. The database belongs to the caller. */
export function openSqliteLiveStreams(database: Database): LiveStreams {
  return {
    async add(stream) {
      database.run(
        'INSERT INTO slack_streams (channel_id, ts, request_id, started_at, record) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        ...[stream.channelId, stream.ts, stream.requestId, stream.startedAt, canonicalJson(stream)],
      );
    },
    async listOf(requestId) {
      const sql =
        'SELECT ts, record FROM slack_streams WHERE request_id = ? ORDER BY started_at, channel_id, ts';
      return database.all(sql, requestId).map(toStream);
    },
    async listStartedBefore(time, limit) {
      const sql =
        'SELECT ts, record FROM slack_streams WHERE started_at < ? ORDER BY started_at, channel_id, ts LIMIT ?';
      return database.all(sql, time, limit).map(toStream);
    },
    async remove(channelId, ts) {
      return database.run('DELETE FROM slack_streams WHERE channel_id = ? AND ts = ?', channelId, ts) === 1;
    },
  };
}

function toStream(row: SqlRow): LiveStream {
  return readRecord(liveStreamSchema, row['record'], 'Slack stream', String(row['ts']));
}
