export type ViewBody = Readonly<Record<string, unknown>>;
/** What a person has filled into a view, by block and action, as Slack reports it in `state.values`. */
export type ViewValues = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
>;

/** A modal that stands open, or what a person sees on the app's Home tab. */
export interface EmulatedView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly userId: string;
  /** The lowest view of its stack: itself for the first one. */
  readonly rootId: string;
  readonly previousId?: string;
  /** As the app sent it, with the block ids that Slack gives to blocks without one. */
  body: ViewBody;
  /** Changes with every update. */
  hash: string;
  values: ViewValues;
  /** What the app found wrong with the last submission, by block. */
  errors: Readonly<Record<string, string>>;
}

/** Slack shows at most three modals on top of each other. */
const MAXIMUM_STACK = 3;

/** The views of one workspace: every person has one Home tab and one stack of modals. */
export class ViewStore {
  readonly #homes = new Map<string, EmulatedView>();
  readonly #stacks = new Map<string, EmulatedView[]>();
  readonly #nextId: (prefix: string) => string;

  constructor(nextId: (prefix: string) => string) {
    this.#nextId = nextId;
  }

  /** A modal, wherever it stands in its stack, or a Home tab. */
  find(viewId: string): EmulatedView | undefined {
    return this.#all().find((view) => view.id === viewId);
  }

  findByExternalId(externalId: string): EmulatedView | undefined {
    return this.#all().find((view) => view.body['external_id'] === externalId);
  }

  homeOf(userId: string): EmulatedView | undefined {
    return this.#homes.get(userId);
  }

  /** The open modals of a person, the visible one last. */
  stackOf(userId: string): readonly EmulatedView[] {
    return this.#stacks.get(userId) ?? [];
  }

  /** The modal that a person sees. */
  topOf(userId: string): EmulatedView | undefined {
    return this.stackOf(userId).at(-1);
  }

  /** Shows a modal in place of whatever was open. */
  open(userId: string, body: ViewBody): EmulatedView {
    const view = this.#create({ userId, type: 'modal', body });
    this.#stacks.set(userId, [view]);
    return view;
  }

  /** Puts a modal on top of the visible one; undefined when three are open or none is. */
  push(userId: string, body: ViewBody): EmulatedView | undefined {
    const stack = this.stackOf(userId);
    const top = stack.at(-1);
    if (top === undefined || stack.length >= MAXIMUM_STACK) return undefined;
    const view = this.#create({ userId, type: 'modal', body, below: top });
    this.#stacks.set(userId, [...stack, view]);
    return view;
  }

  /** Shows something else on a person's Home tab. It stays the same view. */
  publish(userId: string, body: ViewBody): EmulatedView {
    const known = this.#homes.get(userId);
    if (known !== undefined) return this.update(known, body);
    const view = this.#create({ userId, type: 'home', body });
    this.#homes.set(userId, view);
    return view;
  }

  /** Changes a view in place. What was filled in stays where the block and the action keep their ids. */
  update(view: EmulatedView, body: ViewBody): EmulatedView {
    view.body = this.#named(body);
    view.hash = this.#nextHash();
    view.errors = {};
    const isKept = (blockId: string) => blocksOf(view.body).some((block) => block['block_id'] === blockId);
    view.values = Object.fromEntries(Object.entries(view.values).filter(([blockId]) => isKept(blockId)));
    return view;
  }

  /** Takes a modal off its stack, with those that stand on it. */
  close(view: EmulatedView): void {
    const stack = this.stackOf(view.userId);
    this.#stacks.set(view.userId, stack.slice(0, Math.max(0, stack.indexOf(view))));
  }

  /** Closes every modal of a person. */
  clear(userId: string): void {
    this.#stacks.delete(userId);
  }

  #all(): readonly EmulatedView[] {
    return [...this.#homes.values(), ...[...this.#stacks.values()].flat()];
  }

  #create(view: {
    readonly userId: string;
    readonly type: EmulatedView['type'];
    readonly body: ViewBody;
    readonly below?: EmulatedView;
  }): EmulatedView {
    const id = this.#nextId('V');
    const { below } = view;
    return {
      id,
      type: view.type,
      userId: view.userId,
      rootId: below?.rootId ?? id,
      ...(below === undefined ? {} : { previousId: below.id }),
      body: this.#named(view.body),
      hash: this.#nextHash(),
      values: {},
      errors: {},
    };
  }

  #nextHash(): string {
    return this.#nextId('hash.');
  }

  #named(body: ViewBody): ViewBody {
    const blocks = blocksOf(body).map((block) => ({
      ...block,
      block_id: block['block_id'] ?? this.#nextId('b'),
    }));
    return { ...body, blocks };
  }
}

function blocksOf(body: ViewBody): readonly ViewBody[] {
  return (body['blocks'] ?? []) as readonly ViewBody[];
}
