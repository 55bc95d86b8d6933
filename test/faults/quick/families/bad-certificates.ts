import { setTimeout as sleep } from 'node:timers/promises';
import type { PlanRecord } from '@jamie/core';
import { type Asked, approveAll, askForPlans, endsOf, HitPlans } from '../ask-for-plans.ts';
import type { Played } from '../family.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { trialCertificates } from '../trial-certificates.ts';
import { anyKinds } from './random-deaths.ts';

const PLANS = 4;
const BAD = ['expired', 'elsewhere'] as const;
/** By the wall: eight times as long for the trial. */
const BAD_FOR_MS = { least: 300, most: 6_000 };
/** Longer than a plan of any risk may wait for its start, and far enough off for the program to believe its clock. */
const PAST_EVERY_DEADLINE_MS = 2 * 60 * 60_000;
/** In this share of the worlds nobody renews it before every plan has ended by its deadline. */
const RENEWED_LATE = 0.25;

/**
 * The API server's certificate runs out, or is one of another host, while plans are under way, and is renewed later or not
 * before they have ended. Nothing may be sent to whoever shows it: not in the clear, not unverified.
 */
export async function playBadCertificate(trial: QuickTrial): Promise<Played> {
  const certificates = trialCertificates();
  const how = trial.dice.oneOf(BAD);
  const isRenewedLate = trial.dice.chance(RENEWED_LATE);
  trial.tls = { authority: certificates.authority, identity: certificates.valid };
  await trial.begin();
  const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 2));
  const certificate = new Certificate(trial, how);
  const records = await (isRenewedLate ? renewLate : renewSoon)(trial, asked, certificate);
  for (const { proxy } of trial.replicas) {
    if (proxy.plainRequests > 0) trial.violations.push(`I4: ${proxy.plainRequests} requests in the clear`);
  }
  const faults = await certificate.hit.count();
  const ended = `${how}${isRenewedLate ? ', renewed late' : ''}: ${endsOf(records)}`;
  return { faults, trials: faults, expected: {}, ended };
}

/** What the API server shows to every process of a trial. */
class Certificate {
  readonly hit: HitPlans;
  readonly #trial: QuickTrial;
  readonly #how: (typeof BAD)[number];
  #requestsBefore = 0;

  constructor(trial: QuickTrial, how: (typeof BAD)[number]) {
    this.#trial = trial;
    this.#how = how;
    this.hit = new HitPlans(trial);
  }

  break(): void {
    this.hit.happenNow();
    const { replicas, requests } = this.#trial;
    for (const { proxy } of replicas) proxy.show(trialCertificates()[this.#how]);
    this.#requestsBefore = requests;
  }

  /** Whoever asked for something meanwhile has asked a server that it could not know. */
  renew(): void {
    const { replicas, requests, violations } = this.#trial;
    const unverified = requests - this.#requestsBefore;
    if (unverified > 0) violations.push(`I4: ${unverified} requests to a server with a bad certificate`);
    for (const { proxy } of replicas) proxy.show(trialCertificates().valid);
  }
}

/** It breaks at a boundary of the votes or of the plans, and is renewed a while later. */
async function renewSoon(
  trial: QuickTrial,
  asked: readonly Asked[],
  certificate: Certificate,
): Promise<readonly PlanRecord[]> {
  const { dice } = trial;
  const forMs = dice.between(BAD_FOR_MS.least, BAD_FOR_MS.most);
  let after = dice.between(1, 60);
  let renewing: Promise<void> = Promise.resolve();
  trial.onBoundary = () => {
    after -= 1;
    if (after !== 0) return;
    certificate.break();
    renewing = sleep(forMs).then(() => certificate.renew());
  };
  const records = await approveAll(trial, asked);
  await renewing;
  return records;
}

/** It breaks when all is approved, and is renewed once every plan has ended as its deadline says. */
async function renewLate(
  trial: QuickTrial,
  asked: readonly Asked[],
  certificate: Certificate,
): Promise<readonly PlanRecord[]> {
  const { dice } = trial;
  await Promise.all(asked.map(({ record }) => trial.approve(record)));
  certificate.break();
  await sleep(dice.between(BAD_FOR_MS.least, BAD_FOR_MS.most));
  for (const { clock } of trial.replicas) clock.offsetMs += PAST_EVERY_DEADLINE_MS;
  const records = await trial.untilEnded(asked.map(({ record }) => record.plan.id));
  certificate.renew();
  return records;
}
