import type { EmulatedMessage } from './workspace.ts';

type Part = Readonly<Record<string, unknown>>;

/** What a person acts on in a message. `option` is there when it is a select. */
export interface ActedOn {
  readonly blockId: string | undefined;
  readonly element: Part;
  readonly option?: Part;
}

/** The button with this action id, or the one that reads so. Throws when the message has none. */
export function findButton(
  message: EmulatedMessage,
  wanted: { readonly actionId: string } | { readonly label: string },
): ActedOn {
  const found = elementsOf(message).find(({ element }) =>
    'actionId' in wanted
      ? element['action_id'] === wanted.actionId
      : element['type'] === 'button' && textOf(element['text']) === wanted.label,
  );
  if (found !== undefined) return found;
  throw new Error(`message ${message.ts} has no button ${Object.values(wanted).join()}`);
}

/** The option that reads so in the select of a message. Throws when there is none. */
export function findOption(message: EmulatedMessage, label: string): ActedOn {
  for (const acted of elementsOf(message)) {
    const options = (acted.element['options'] ?? []) as readonly Part[];
    const option = options.find(({ text }) => textOf(text) === label);
    if (option !== undefined) return { ...acted, option };
  }
  throw new Error(`message ${message.ts} has no option ${label}`);
}

function elementsOf(message: EmulatedMessage): readonly ActedOn[] {
  return message.blocks.flatMap((block) => {
    const accessory = block['accessory'] as Part | undefined;
    const elements = (block['elements'] ?? (accessory === undefined ? [] : [accessory])) as readonly Part[];
    const id = block['block_id'];
    return elements.map((element) => ({ blockId: typeof id === 'string' ? id : undefined, element }));
  });
}

function textOf(text: unknown): string | undefined {
  const value = (text as { readonly text?: unknown } | undefined)?.text;
  return typeof value === 'string' ? value : undefined;
}
