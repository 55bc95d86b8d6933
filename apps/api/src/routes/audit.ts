import { OpsError } from '@jamie/core';
import { z } from 'zod';
import type { ApiContext } from '../api-options.ts';
import { defineRoute, type Route } from '../route.ts';

const rangeSchema = z.strictObject({
  since: z.number().exactOptional().describe('Milliseconds since 1970: only records that are not older.'),
  until: z
    .number()
    .exactOptional()
    .describe('Milliseconds since 1970: only records that are not younger, and on to the next signed head.'),
});

/** Where the audit is taken out, to be verified elsewhere. */
export function auditRoutes({ exportAudit }: ApiContext): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/v1/audit/exports',
      operationId: 'exportAudit',
      summary:
        'The audit as lines of JSON: records, signed heads, removals and public keys. The export goes on the record.',
      body: rangeSchema,
      answers: { 200: { description: 'Lines of JSON (application/jsonl), described in docs/audit.md.' } },
      async handle({ body, person }) {
        if (exportAudit === undefined)
          throw new OpsError('unavailable', 'no audit to export', {
            userMessage: 'The audit cannot be exported here.',
          });
        return { status: 200, lines: await begun(exportAudit({ ...body, by: person.id })) };
      },
    }),
  ];
}

/** Fetches the first line, so that what fails at once is answered as an error. */
async function begun(lines: AsyncIterable<string>): Promise<AsyncIterable<string>> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  return (async function* () {
    if (first.done === true) return;
    yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  })();
}
