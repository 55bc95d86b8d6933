import { type Check, type CheckResult, type Clock, toOpsError } from '@jamie/core';
import { z } from 'zod';
import type { ApiContext } from '../api-options.ts';
import { defineRoute, type Route } from '../route.ts';
import { replySchema } from '../schemas/conversation-schema.ts';
import { checkResultSchema, statusSchema } from '../schemas/state-schema.ts';

/** A check that takes longer than this has failed. */
const CHECK_TIMEOUT_MS = 10_000;

/** Where people see how the process and its connections stand. */
export function stateRoutes(context: ApiContext): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/doctor',
      operationId: 'runChecks',
      summary: 'Checks every connection now and says how to mend each.',
      answers: {
        200: {
          description: 'One result per check.',
          schema: z.strictObject({ checks: z.array(checkResultSchema).readonly() }),
        },
      },
      async handle() {
        const checks = await Promise.all(context.checks.map((check) => runCheck(check, context.clock)));
        return { status: 200, body: { checks } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/healing',
      operationId: 'readHealing',
      summary: 'What heals itself: the cases that you may be told of, those that need people first.',
      answers: { 200: { description: 'The cases, as one answer.', schema: replySchema } },
      async handle({ person }) {
        const body: z.input<typeof replySchema> = await context.desk.readHealing(person);
        return { status: 200, body };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/status',
      operationId: 'readStatus',
      summary: 'The process at a glance.',
      answers: { 200: { description: 'The status.', schema: statusSchema } },
      async handle({ person }) {
        const { clock, clusters, startedAt, version, store, examples } = context;
        const freeze = await store?.readFreeze();
        return {
          status: 200,
          body: {
            version,
            startedAt,
            uptimeMs: clock.now() - startedAt,
            person: {
              displayName: person.displayName,
              kubernetesUser: person.kubernetes.user,
              kubernetesGroups: person.kubernetes.groups,
            },
            clusters: clusters.list().map((cluster) => cluster.name),
            ...(freeze === undefined ? {} : { freeze: { frozen: freeze.frozen, reason: freeze.reason } }),
            examples: (await examples?.()) ?? [],
          },
        };
      },
    }),
  ];
}

/** A check that hangs or throws is itself a finding: one dead connection must not hide the others. */
async function runCheck(check: Check, clock: Clock): Promise<CheckResult> {
  const timer = new AbortController();
  const failed = (detail: string): CheckResult => ({
    name: check.name || 'Check',
    status: 'failed',
    detail,
    mend: 'See whether what it connects to is running and reachable, then run doctor again.',
  });
  const late = (): CheckResult => failed(`no answer within ${CHECK_TIMEOUT_MS / 1000} s`);
  const tooLate = clock.sleep(CHECK_TIMEOUT_MS, timer.signal).then(late, late);
  try {
    return await Promise.race([check(), tooLate]);
  } catch (error) {
    const { message, userMessage } = toOpsError(error);
    return failed(userMessage ?? message);
  } finally {
    timer.abort();
  }
}
