import { OpsError, type People, type PersonAnswer, type Principal, type SlackPerson } from '@jamie/core';

/** Knows everybody as they were, until a test says otherwise. */
export class FakePeople implements People {
  readonly #changed = new Map<string, PersonAnswer>();
  /** What was asked about, oldest first. */
  readonly asked: { readonly id: string; readonly moment: 'vote' | 'execution' }[] = [];
  /** Nobody can be looked at, as when Slack is away. */
  isAway = false;

  /** This person is known no more. */
  forget(id: string, message = 'I do not know you any more.'): void {
    this.#changed.set(id, { kind: 'refused', message });
  }

  /** This person is now somebody with other rights. */
  becomes(principal: Principal): void {
    this.#changed.set(principal.id, { kind: 'known', principal });
  }

  async find({ teamId, userId }: SlackPerson): Promise<PersonAnswer> {
    const id = `slack:${teamId}:${userId}`;
    const changed = this.#changed.get(id);
    return changed ?? { kind: 'refused', message: 'I do not know them.' };
  }

  async confirm(principal: Principal, moment: 'vote' | 'execution'): Promise<PersonAnswer> {
    this.asked.push({ id: principal.id, moment });
    if (this.isAway) throw new OpsError('unavailable', 'slack is away', { retryable: true });
    return this.#changed.get(principal.id) ?? { kind: 'known', principal };
  }
}
