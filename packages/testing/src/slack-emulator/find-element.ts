import { isOption, offeredOptions, plainText } from './element-state.ts';

type Part = Readonly<Record<string, unknown>>;

/** Where elements stand: a message or a view. `name` says which, for complaints. */
export interface Surface {
  readonly name: string;
  readonly blocks: readonly Part[];
}

/** An element that a person can act on. `option` is there when they chose one of its options. */
export interface ActedOn {
  readonly blockId: string | undefined;
  readonly element: Part;
  /** True in an input block, whose entries wait for the submission. */
  readonly isInput: boolean;
  readonly option?: Part;
}

/** The element with this action id. Throws when the surface has none. */
export function findElement(surface: Surface, actionId: string): ActedOn {
  const found = elementsOf(surface.blocks).find(({ element }) => element['action_id'] === actionId);
  if (found !== undefined) return found;
  throw new Error(`${surface.name} has no element ${actionId}; it has ${actionIdsOf(surface)}`);
}

/** The button with this action id, or the one that reads so. Throws when the surface has none. */
export function findButton(
  surface: Surface,
  wanted: { readonly actionId: string } | { readonly label: string },
): ActedOn {
  const found = elementsOf(surface.blocks).find(({ element }) =>
    'actionId' in wanted
      ? element['action_id'] === wanted.actionId
      : element['type'] === 'button' && plainText(element['text']) === wanted.label,
  );
  if (found !== undefined) return found;
  const what = Object.values(wanted).join();
  throw new Error(`${surface.name} has no button ${what}; it has ${actionIdsOf(surface)}`);
}

/** The option that reads so in a select, an overflow menu or radio buttons. Throws when there is none. */
export function findOption(surface: Surface, label: string, actionId?: string): ActedOn {
  for (const acted of elementsOf(surface.blocks)) {
    if (actionId !== undefined && acted.element['action_id'] !== actionId) continue;
    const option = offeredOptions(acted.element).find((each) => isOption(each, label));
    if (option !== undefined) return { ...acted, option };
  }
  throw new Error(`${surface.name} has no option ${label}`);
}

/** Everything on a surface that people can act on. */
export function elementsOf(blocks: readonly Part[]): readonly ActedOn[] {
  return blocks.flatMap((block) => {
    const id = block['block_id'];
    const blockId = typeof id === 'string' ? id : undefined;
    const isInput = block['type'] === 'input';
    const single = isInput ? block['element'] : block['accessory'];
    const elements = (block['elements'] ?? (single === undefined ? [] : [single])) as readonly Part[];
    return elements.map((element) => ({ blockId, element, isInput }));
  });
}

function actionIdsOf(surface: Surface): string {
  return elementsOf(surface.blocks)
    .map(({ element }) => String(element['action_id']))
    .join(', ');
}
