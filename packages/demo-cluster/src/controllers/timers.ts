interface Timer {
  readonly dueAt: number;
  readonly run: () => void;
}

/** Named timers over an injected time. Setting a name again moves it; due ones run in order of time. */
export class Timers {
  readonly #timers = new Map<string, Timer>();

  set(name: string, dueAt: number, run: () => void): void {
    this.#timers.set(name, { dueAt, run });
  }

  has(name: string): boolean {
    return this.#timers.has(name);
  }

  clear(name: string): void {
    this.#timers.delete(name);
  }

  /** When the next timer is due, or undefined when none is set. */
  nextDueAt(): number | undefined {
    let next: number | undefined;
    for (const { dueAt } of this.#timers.values()) {
      if (next === undefined || dueAt < next) next = dueAt;
    }
    return next;
  }

  /** Takes out and runs everything that is due; true when something ran. */
  runDue(now: number): boolean {
    const due = [...this.#timers].filter(([, timer]) => timer.dueAt <= now);
    due.sort(([, left], [, right]) => left.dueAt - right.dueAt);
    for (const [name, timer] of due) {
      if (this.#timers.get(name) !== timer) continue;
      this.#timers.delete(name);
      timer.run();
    }
    return due.length > 0;
  }

  /** Brings every timer nearer: what was due in `scale` seconds is due in one. */
  compress(now: number, scale: number): void {
    for (const [name, timer] of this.#timers) {
      this.#timers.set(name, { ...timer, dueAt: now + Math.max(0, timer.dueAt - now) / scale });
    }
  }
}
