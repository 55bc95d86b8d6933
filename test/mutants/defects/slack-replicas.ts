import type { Defect } from '../defect.ts';

const STORE = 'packages/store/src/sqlite';
const BOT = 'apps/bot/src/inbox';
const SLACK = 'packages/slack/src/receiver';

/** Ways in which two processes could handle one thing, overtake each other, or leave what a dead one held. */
export const slackReplicaDefects: readonly Defect[] = [
  {
    name: 'a delivery that another process holds is claimed',
    file: `${STORE}/inbox-claims.ts`,
    find: 'return [...this.#watch.living(leases, leaseMs)];',
    replace: 'return [...this.#watch.living(leases, leaseMs)].slice(leases.length);',
    suite: `${STORE}/sqlite-store`,
  },
  {
    name: 'a lane is overtaken while another process handles its beginning',
    file: `${STORE}/inbox-claims.ts`,
    find: `AND \${LANE} NOT IN (
           SELECT \${LANE} FROM inbox WHERE finished_at IS NULL AND id IN (SELECT value FROM json_each(?)))`,
    replace: 'AND id NOT IN (SELECT value FROM json_each(?))',
    suite: `${STORE}/sqlite-store`,
  },
  {
    name: 'the claim of a living process ends with the first look',
    file: 'packages/runtime/src/lease-watch.ts',
    find: 'now - seenAt < leaseMs',
    replace: 'now - seenAt < 0',
    suite: 'packages/runtime/src/lease-watch',
  },
  {
    name: 'a renewal does not prolong a claim',
    file: 'packages/runtime/src/lease-watch.ts',
    find: 'known?.token === token ? known : { token, seenAt: now }',
    replace: 'known ?? { token, seenAt: now }',
    suite: 'packages/runtime/src/lease-watch',
  },
  {
    name: 'a clock that is set ends claims',
    file: 'packages/runtime/src/lease-watch.ts',
    find: 'return this.#clock.elapsed?.() ?? this.#clock.now();',
    replace: 'return this.#clock.now();',
    suite: 'packages/runtime/src/lease-watch',
  },
  {
    name: 'a watcher that stood still takes over from a process that stood still with it',
    file: 'packages/runtime/src/lease-watch.ts',
    find: 'Math.min(lookedAt - this.#lookedAt, leaseMs * MOST_PER_LOOK)',
    replace: 'lookedAt - this.#lookedAt',
    suite: 'packages/runtime/src/lease-watch',
  },
  {
    name: 'the time of the program follows a clock that is set back',
    file: 'packages/runtime/src/steady-clock.ts',
    find: 'even + Math.max(-most, Math.min(most, off))',
    replace: 'even + off',
    suite: 'packages/runtime/src/steady-clock',
  },
  {
    name: 'what a dead process held counts as never begun',
    file: `${STORE}/inbox-claims.ts`,
    find: "isRepeat: row['claimed_by'] !== null",
    replace: 'isRepeat: row === undefined',
    suite: `${STORE}/sqlite-store`,
  },
  {
    name: 'a process that stops keeps what it has not begun',
    file: `${BOT}/held-claims.ts`,
    find: 'await this.#options.inbox.release(this.#options.owner);',
    replace: '',
    suite: BOT,
  },
  {
    name: 'what another process took over is begun all the same',
    file: `${BOT}/inbox-receiver.ts`,
    find: 'const isDone = !(await this.#isStillOurs(id)) || (await this.#handle(claimed));',
    replace: 'const isDone = await this.#handle(claimed);',
    suite: BOT,
  },
  {
    name: 'a delivery of which nobody can tell whose it is ends the program',
    file: `${BOT}/inbox-receiver.ts`,
    find: 'await this.#isStillOurs(id)) ||',
    replace: 'await this.#claims.isHeld(id)) ||',
    suite: BOT,
  },
  {
    name: 'what cannot be given up ends the program',
    file: `${BOT}/inbox-receiver.ts`,
    find: "this.#options.logger.error('delivery stays open until the next start', {",
    replace: "throw thrown;\n      this.#options.logger.error('delivery stays open until the next start', {",
    suite: BOT,
  },
  {
    name: 'claims are not renewed while their deliveries are handled',
    file: `${BOT}/held-claims.ts`,
    find: 'this.#renewing ??= this.#keepRenewing();',
    replace: '',
    suite: BOT,
  },
  {
    name: 'the second half of a double click asks again in another process',
    file: `${SLACK}/double-click-keys.ts`,
    find: 'return [window, window + 1].map',
    replace: 'return [window].map',
    suite: `${SLACK}/double-click-keys`,
  },
  {
    name: 'a process that wants the data directory alone gets it beside others',
    file: 'packages/database/src/data-directory-lock.ts',
    find: "connection.prepare('SELECT count(*) FROM sqlite_schema').get();",
    replace: '',
    suite: 'packages/database/src/data-directory-lock',
  },
];
