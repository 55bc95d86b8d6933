import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApiClient } from './data/api-client.ts';
import { createConversationKeys } from './data/conversation-key.ts';
import { openLiveSocket } from './data/live-socket.ts';
import { CommandCenterPage, type PageSurroundings } from './pages/command-center-page.tsx';

function randomHex(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Reading `localStorage` may itself throw, so that it happens within each access. */
const storage = {
  getItem: (name: string): string | null => window.localStorage.getItem(name),
  setItem: (name: string, value: string): void => window.localStorage.setItem(name, value),
};

const surroundings: PageSurroundings = {
  api: createApiClient((path, init) => fetch(path, init)),
  keys: createConversationKeys(storage, randomHex),
  openSocket: (events) => openLiveSocket(window.location, events),
  after(delayMs, callback) {
    const timer = window.setTimeout(callback, delayMs);
    return () => window.clearTimeout(timer);
  },
  now: () => Date.now(),
  random: () => Math.random(),
  nextIdempotencyKey: randomHex,
};

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root');
createRoot(root).render(
  <StrictMode>
    <CommandCenterPage surroundings={surroundings} />
  </StrictMode>,
);
