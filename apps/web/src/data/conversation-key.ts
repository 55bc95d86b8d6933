const STORAGE_NAME = 'jamie.conversation-key';
const KEY_PATTERN = /^page-[0-9a-f]{32}$/;

/** The part of localStorage that we need. */
export interface KeyStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

/** Where this browser keeps its place: the same conversation after a reload, in every tab. */
export interface ConversationKeys {
  current(): string;
  /** Starts afresh; the old conversation stays on the server. */
  renew(): string;
}

/**
 * `randomHex` returns 32 hexadecimal digits. Where the browser forbids storage, the key lives as long as the page.
 */
export function createConversationKeys(storage: KeyStorage, randomHex: () => string): ConversationKeys {
  let held: string | undefined;
  function renew(): string {
    held = `page-${randomHex()}`;
    attempt(() => storage.setItem(STORAGE_NAME, held ?? ''));
    return held;
  }
  return {
    current() {
      held ??= attempt(() => storage.getItem(STORAGE_NAME)) ?? undefined;
      return held !== undefined && KEY_PATTERN.test(held) ? held : renew();
    },
    renew,
  };
}

function attempt<Value>(access: () => Value): Value | undefined {
  try {
    return access();
  } catch {
    // Private windows and strict policies throw on any access; a page without memory is still a page.
    return undefined;
  }
}
