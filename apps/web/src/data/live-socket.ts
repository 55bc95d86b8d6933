/** What a live connection tells its owner. `onClosed` comes exactly once, also when it never opened. */
export interface SocketEvents {
  onOpened(): void;
  onText(text: string): void;
  onClosed(): void;
}

export interface LiveSocket {
  send(text: string): void;
  /** No event comes after this. */
  close(): void;
}

export type OpenSocket = (events: SocketEvents) => LiveSocket;

/** The browser's WebSocket to /ws of the origin that served the page. */
export function openLiveSocket(
  location: { protocol: string; host: string },
  events: SocketEvents,
): LiveSocket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/ws`);
  const listening = new AbortController();
  const { signal } = listening;
  socket.addEventListener('open', () => events.onOpened(), { signal });
  socket.addEventListener('close', () => events.onClosed(), { signal, once: true });
  socket.addEventListener(
    'message',
    (event) => {
      if (typeof event.data === 'string') events.onText(event.data);
    },
    { signal },
  );
  return {
    send: (text) => socket.send(text),
    close() {
      listening.abort();
      socket.close();
    },
  };
}
