/** How well a name answers what was typed; smaller is better, undefined: not at all. */
function rankOf(name: string, query: string): number | undefined {
  if (query === '' || name === query) return 0;
  if (name.startsWith(query)) return 1;
  if (name.split(/[-./ ]/u).some((part) => part.startsWith(query))) return 2;
  if (name.includes(query)) return 3;
  const words = query.split(/[\s/]+/u).filter((word) => word !== '');
  return words.length > 1 && words.every((word) => name.includes(word)) ? 4 : undefined;
}

/**
 * What answers what somebody typed, best first: the name itself, its beginning, the beginning of a part of it, anything
 * in it, all words in any order. Equal ones are in the order of the alphabet. Pure; upper and lower case are one.
 */
export function rankMatches<Item>(
  items: readonly Item[],
  query: string,
  nameOf: (item: Item) => string,
): readonly Item[] {
  const typed = query.trim().toLowerCase();
  return items
    .flatMap((item) => {
      const name = nameOf(item).toLowerCase();
      const rank = rankOf(name, typed);
      return rank === undefined ? [] : [{ item, name, rank }];
    })
    .sort((one, other) => one.rank - other.rank || (one.name < other.name ? -1 : 1))
    .map(({ item }) => item);
}
