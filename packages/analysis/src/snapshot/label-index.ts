/** Finds labelled things by equality selector without looking at all of them. */
export class LabelIndex<T extends { readonly namespace: string }> {
  readonly #byPair = new Map<
    string,
    { readonly item: T; readonly labels: Readonly<Record<string, string>> }[]
  >();

  add(item: T, labels: Readonly<Record<string, string>>): void {
    const entry = { item, labels };
    for (const [key, value] of Object.entries(labels)) {
      const pair = pairKey(item.namespace, key, value);
      const bucket = this.#byPair.get(pair);
      if (bucket === undefined) this.#byPair.set(pair, [entry]);
      else bucket.push(entry);
    }
  }

  /** In the order in which they were added. An empty selector selects nothing, as for a Service. */
  select(namespace: string, selector: Readonly<Record<string, string>>): readonly T[] {
    const buckets = Object.entries(selector).map(
      ([key, value]) => this.#byPair.get(pairKey(namespace, key, value)) ?? [],
    );
    const smallest = buckets.reduce<(typeof buckets)[number] | undefined>(
      (best, bucket) => (best === undefined || bucket.length < best.length ? bucket : best),
      undefined,
    );
    return (smallest ?? []).filter((entry) => matches(selector, entry.labels)).map((entry) => entry.item);
  }
}

/** Whether labels carry every pair of the selector. */
function matches(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  );
}

function pairKey(namespace: string, key: string, value: string): string {
  return `${namespace}\n${key}\n${value}`;
}
