import { describe, expect, it } from '@jest/globals';
import { createConversationKeys, type KeyStorage } from './conversation-key.ts';

function memory(): KeyStorage & { readonly held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (name) => held.get(name) ?? null,
    setItem: (name, value) => void held.set(name, value),
  };
}

function counting(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return String(count).padStart(32, '0');
  };
}

describe('createConversationKeys', () => {
  it('finds the same conversation again after a reload', () => {
    const storage = memory();
    const first = createConversationKeys(storage, counting()).current();
    expect(createConversationKeys(storage, () => 'f'.repeat(32)).current()).toBe(first);
  });

  it('starts afresh when asked', () => {
    const keys = createConversationKeys(memory(), counting());
    const first = keys.current();
    expect(keys.renew()).not.toBe(first);
    expect(keys.current()).not.toBe(first);
  });

  it('does not trust what somebody else wrote into the storage', () => {
    const storage = memory();
    storage.setItem('jamie.conversation-key', '../../etc');
    expect(createConversationKeys(storage, counting()).current()).toMatch(/^page-[0-9a-f]{32}$/);
  });

  it('works without storage for as long as the page lives', () => {
    const denied = (): never => {
      throw new Error('denied');
    };
    const keys = createConversationKeys({ getItem: denied, setItem: denied }, counting());
    expect(keys.current()).toBe(keys.current());
  });
});
