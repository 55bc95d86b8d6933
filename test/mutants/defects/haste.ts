import type { Defect } from '../defect.ts';

const QUEUE = 'packages/jobs/src/queue';
const VOTES = 'packages/operations/src/approval';

/** Ways in which what was made quicker could cost what it must not: durability, order, who somebody is. */
export const hasteDefects: readonly Defect[] = [
  {
    name: 'after a turn nobody minds to lose, no commit waits for the disk any more',
    file: 'packages/database/src/database.ts',
    find: "if (this.#connection.isOpen) this.#setSynchronous('FULL');",
    replace: '',
    suite: 'packages/database/src/database.test',
  },
  {
    name: 'a commit that holds what may be lost is not on the disk either',
    file: 'packages/database/src/database.ts',
    find: 'if (this.#depth > 0) return this.transaction(work);',
    replace: '',
    suite: 'packages/database/src/database.test',
  },
  {
    name: 'what only tells of a change begins with it',
    file: `${QUEUE}/embedded/embedded-worker.ts`,
    find: 'this.#headStart.give(run.done);',
    replace: '',
    suite: `${QUEUE}/embedded/head-start`,
  },
  {
    name: 'a change that hangs holds up everything else',
    file: `${QUEUE}/embedded/head-start.ts`,
    find: 'Promise.race([work, tooLong])',
    replace: 'Promise.all([work, tooLong])',
    suite: `${QUEUE}/embedded/head-start`,
  },
  {
    name: 'work begins although it was let go of while it stood back',
    file: `${QUEUE}/job-run.ts`,
    find: 'this.#work.signal.throwIfAborted();',
    replace: '',
    suite: `${QUEUE}/embedded/head-start`,
  },
  {
    name: 'a vote counts by the rights of who the voter was',
    file: `${VOTES}/cast-vote.ts`,
    find: "principal: voter.kind === 'known' ? voter.principal : ballot.principal,",
    replace: 'principal: ballot.principal,',
    suite: `${VOTES}/review-voter`,
  },
  {
    name: 'the cluster is asked about a voter before it is known who they are',
    file: `${VOTES}/cast-vote.ts`,
    find: '  const voter = await confirmVoter(context, record, ballot.principal);',
    replace:
      '  void context.clusters.connect(record.plan.cluster).reader.reviewAccess(ballot.principal.kubernetes, { verb: "patch" } as never);\n  const voter = await confirmVoter(context, record, ballot.principal);',
    suite: `${VOTES}/review-voter`,
  },
  {
    name: 'whoever asks waits for a look at the principals file that began before',
    file: 'packages/runtime/src/principals/load-directory.ts',
    find: '      this.#next = undefined;\n      return this.#look(file);',
    replace: '      return this.#look(file);',
    suite: 'packages/runtime/src/principals/load-directory',
  },
];
