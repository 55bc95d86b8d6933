import type { ReactNode } from 'react';

/** Shown when the server does not know this browser: how to get in. */
export function SignedOutPage(): ReactNode {
  return (
    <main className="signed-out">
      <h1>This browser is not signed in</h1>
      <p>The Command Center opens with a link that only the person who started it can see.</p>
      <ol>
        <li>
          Go to the terminal in which <code>npm start</code> or <code>jamie start</code> is running.
        </li>
        <li>
          Open the link that it printed, the one that contains <code>?token=</code>. A link from an earlier
          start may no longer work.
        </li>
      </ol>
      <p>Your conversation is kept, and comes back once you are in.</p>
    </main>
  );
}
