import type { Clock, Desk, Logger, PlanId, Principal, ShownMessage, SlackPerson } from '@jamie/core';
import { isOpsError, toOpsError } from '@jamie/core';
import { renderHome, renderStrangerHome, type SlackWorkspace, translateSlackError } from '@jamie/slack';
import type { PersonIdentifier } from '../../people/identify-person.ts';

/** Somebody whom we know, at their Home tab. */
export interface HomeVisitor {
  readonly workspace: SlackWorkspace;
  readonly person: SlackPerson;
  readonly principal: Principal;
}

/** The Home tabs that people look at. */
export interface HomeTabs {
  /** Shows what concerns them now. Fails like the desk and like every Slack call. */
  open(visitor: HomeVisitor): Promise<void>;
  /** Shows it anew soon; `notice` says what came of what they just did. Never fails. */
  refresh(visitor: HomeVisitor, notice?: string): void;
  /** Shows no more. Resolves when what is being shown has been shown. */
  stop(): Promise<void>;
}

export interface HomeTabsOptions {
  readonly desk: Pick<Desk, 'readHome' | 'onShown'>;
  /** Asked before each page that nobody opened just now. */
  readonly people: PersonIdentifier;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Between two pages for one person. Default 5,000. */
  readonly intervalMs?: number;
}

/** A tab that nobody has opened or used for so long is left alone. */
const LIVELY_MS = 15 * 60_000;
/** Every change of a plan may concern each of these. */
const LIVELY_TABS = 100;

interface Tab {
  visitor: HomeVisitor;
  /** When the person last opened or used it. */
  usedAt: number;
  publishedAt: number;
  plans: ReadonlySet<PlanId>;
  isDue: boolean;
  notice?: string;
}

/**
 * Keeps the Home tabs of those who look at theirs up to date: after what they do, and when a plan changes that they see or
 * might decide. One page at a time, and at most one in five seconds for each person. Remembered in this process only: a
 * tab that is not kept has its Refresh button.
 */
export function createHomeTabs(options: HomeTabsOptions): HomeTabs {
  return new LivelyTabs(options);
}

class LivelyTabs implements HomeTabs {
  readonly #options: HomeTabsOptions;
  readonly #tabs = new Map<string, Tab>();
  readonly #stopping = new AbortController();
  readonly #unwatch: () => void;
  #queue: Promise<void> = Promise.resolve();

  constructor(options: HomeTabsOptions) {
    this.#options = options;
    this.#unwatch = options.desk.onShown((shown) => this.#hear(shown));
  }

  async open(visitor: HomeVisitor): Promise<void> {
    const tab = this.#use(visitor);
    if (tab.publishedAt + this.#intervalMs() > this.#options.clock.now()) return this.#schedule(tab);
    await this.#publish(tab);
  }

  refresh(visitor: HomeVisitor, notice?: string): void {
    const tab = this.#use(visitor);
    if (notice !== undefined) tab.notice = notice;
    this.#schedule(tab);
  }

  async stop(): Promise<void> {
    this.#unwatch();
    this.#stopping.abort();
    await this.#queue;
  }

  #intervalMs(): number {
    return this.#options.intervalMs ?? 5_000;
  }

  #use(visitor: HomeVisitor): Tab {
    const key = keyOf(visitor.person);
    const now = this.#options.clock.now();
    const known = this.#tabs.get(key) ?? { publishedAt: 0, plans: new Set<PlanId>(), isDue: false };
    const tab: Tab = Object.assign(known, { visitor, usedAt: now });
    // The most recently used stands last.
    this.#tabs.delete(key);
    this.#tabs.set(key, tab);
    const [oldest] = this.#tabs.keys();
    if (this.#tabs.size > LIVELY_TABS && oldest !== undefined) this.#tabs.delete(oldest);
    return tab;
  }

  #hear({ card, asker, message }: ShownMessage): void {
    const now = this.#options.clock.now();
    const isAnswer = asker !== undefined && message.author === 'jamie';
    for (const [key, tab] of this.#tabs) {
      if (tab.usedAt + LIVELY_MS < now) continue;
      const isSeen =
        card !== undefined && (tab.plans.has(card.planId) || card.status === 'awaiting_approval');
      if (isSeen || (isAnswer && key === keyOf(asker))) this.#schedule(tab);
    }
  }

  #schedule(tab: Tab): void {
    if (tab.isDue || this.#stopping.signal.aborted) return;
    tab.isDue = true;
    void this.#publishInTurn(tab);
  }

  async #publishInTurn(tab: Tab): Promise<void> {
    const { clock, logger } = this.#options;
    const waitMs = tab.publishedAt + this.#intervalMs() - clock.now();
    try {
      await clock.sleep(Math.max(0, Math.min(waitMs, this.#intervalMs())), this.#stopping.signal);
      this.#queue = this.#queue.then(() => this.#publishAgain(tab));
      await this.#queue;
    } catch (error) {
      this.#queue = Promise.resolve();
      if (isOpsError(error, 'cancelled')) return;
      // What is on the page stays; its Refresh button and the next change try again.
      logger.warn('a home tab could not be shown anew', { code: toOpsError(error).code, err: error });
    }
  }

  /** Whoever was let in a while ago may be known no more, or with fewer groups: nothing is read as who they were. */
  async #publishAgain(tab: Tab): Promise<void> {
    const { workspace, person } = tab.visitor;
    const verdict = await this.#options.people.identify(person, workspace);
    if (verdict.kind === 'known') {
      tab.visitor = { workspace, person, principal: verdict.principal };
      return this.#publish(tab);
    }
    this.#tabs.delete(keyOf(person));
    await publishHome(workspace, person.userId, renderStrangerHome(verdict.message));
  }

  async #publish(tab: Tab): Promise<void> {
    const { workspace, person, principal } = tab.visitor;
    tab.isDue = false;
    tab.publishedAt = this.#options.clock.now();
    const home = await this.#options.desk.readHome(principal);
    tab.plans = new Set([...home.waiting, ...home.own].map(({ card }) => card.planId));
    const { notice } = tab;
    delete tab.notice;
    await publishHome(workspace, person.userId, renderHome(home, notice));
  }
}

/** Shows a page on somebody's Home tab. Fails like every Slack call. */
export async function publishHome(
  { client }: SlackWorkspace,
  userId: string,
  view: ReturnType<typeof renderHome>,
): Promise<void> {
  try {
    await client.views.publish({ user_id: userId, view });
  } catch (error) {
    throw translateSlackError(error, 'views.publish');
  }
}

function keyOf({ teamId, userId }: SlackPerson): string {
  return `${teamId}:${userId}`;
}
