import type { ReactNode } from 'react';

/** What the conversation of self-healing shows while nothing has been said in it. */
export function NothingHealed(): ReactNode {
  return (
    <section className="welcome">
      <h2>Nothing has been told here yet.</h2>
      <p>What heals itself is told where your policy says; where it names no channel, it is told here.</p>
    </section>
  );
}
