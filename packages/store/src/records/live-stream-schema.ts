import type { LiveStream, RequestId } from '@jamie/core';
import { z } from 'zod';
import { idSchema } from './field-schemas.ts';

export const liveStreamSchema: z.ZodType<LiveStream> = z.object({
  requestId: idSchema<RequestId>(),
  teamId: z.string(),
  channelId: z.string(),
  threadTs: z.string(),
  ts: z.string(),
  startedAt: z.number(),
});
