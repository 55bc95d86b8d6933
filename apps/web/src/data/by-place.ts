/**
 * Pairs each item with its place as a React key. For the parts of one message, which never move and may be equal,
 * so that their place is their identity; never for a list that is sorted or filtered while it is shown.
 */
export function byPlace<Item>(items: readonly Item[]): readonly (readonly [key: string, item: Item])[] {
  return items.map((item, index) => [String(index), item]);
}
