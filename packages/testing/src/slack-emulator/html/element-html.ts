import { initialState, offeredOptions } from '../element-state.ts';
import { type Html, type HtmlPart, html } from './html.ts';
import { mrkdwnHtml, type Names, plainHtml } from './mrkdwn-html.ts';
import { type Part, partOf, partsOf, stringOf } from './part.ts';

/** A text object, styled or not. */
export function textHtml(text: unknown, names: Names): HtmlPart {
  const part = partOf(text);
  const words = stringOf(part['text']);
  return part['type'] === 'mrkdwn' ? mrkdwnHtml(words, names) : plainHtml(words);
}

/** Something that people can press, choose from or write into; `state` is what it holds. */
export function elementHtml(element: Part, names: Names, state?: Part): Html {
  const type = stringOf(element['type']);
  if (type === 'button') return buttonHtml(element, names);
  if (type === 'feedback_buttons') return feedbackHtml(element, names);
  if (type === 'icon_button')
    return html`<span class="button icon">${textHtml(element['text'], names)}</span>`;
  if (type === 'image') return imageHtml(element);
  if (type === 'overflow') return overflowHtml(element, names);
  if (type === 'radio_buttons' || type === 'checkboxes') return choicesHtml(element, names, state);
  if (type.includes('select') || type.endsWith('picker')) return selectHtml(element, names, state);
  if (type.endsWith('_input')) return inputHtml(element, names, state);
  return html`<span class="unknown">${type}</span>`;
}

/** Nothing is loaded: an image is a box that says what it shows. */
export function imageHtml(image: Part): Html {
  const alt = stringOf(image['alt_text']);
  const where = stringOf(image['image_url']) || stringOf(partOf(image['slack_file'])['id']);
  return html`<span class="image" role="img" aria-label="${alt}" title="${where}">▧ ${alt}</span>`;
}

function buttonHtml(button: Part, names: Names): Html {
  const style = stringOf(button['style']);
  const isStyled = style === 'primary' || style === 'danger';
  const title = stringOf(button['accessibility_label']) || stringOf(button['url']);
  return html`<span class="pressable"><span class="button${isStyled ? ` ${style}` : ''}" title="${title}">${textHtml(
    button['text'],
    names,
  )}</span>${confirmHtml(button['confirm'], names)}</span>`;
}

function confirmHtml(confirm: unknown, names: Names): Html | undefined {
  if (confirm === undefined) return undefined;
  const part = partOf(confirm);
  return html`<span class="confirm"><b>Asks first: ${textHtml(part['title'], names)}</b> ${textHtml(
    part['text'],
    names,
  )} <span class="answers">[${textHtml(part['confirm'], names)}] [${textHtml(part['deny'], names)}]</span></span>`;
}

function feedbackHtml(element: Part, names: Names): Html {
  const thumbs = ['positive_button', 'negative_button'].map((key) => {
    const button = partOf(element[key]);
    return html`<span class="thumb" title="${stringOf(button['accessibility_label'])}">${textHtml(button['text'], names)}</span>`;
  });
  return html`<span class="feedback">${thumbs}</span>`;
}

function overflowHtml(element: Part, names: Names): Html {
  const options = offeredOptions(element).map((option) => html`<li>${textHtml(option['text'], names)}</li>`);
  return html`<span class="pressable"><span class="button">⋯</span><ul class="menu">${options}</ul></span>`;
}

function selectHtml(element: Part, names: Names, state: Part | undefined): Html {
  const chosen = chosenOf(element, state);
  const placeholder = partOf(element['placeholder'])['text'];
  const options = offeredOptions(element).map((option) => html`<li>${textHtml(option['text'], names)}</li>`);
  const words =
    chosen.length > 0
      ? chosen.map((option, index) => [index > 0 ? ', ' : '', textHtml(option['text'], names)])
      : html`<span class="placeholder">${stringOf(placeholder) || 'Select an item'}</span>`;
  const menu = options.length > 0 ? html`<ul class="menu">${options}</ul>` : undefined;
  return html`<span class="pressable"><span class="select">${words}<span class="caret">▾</span></span>${menu}</span>`;
}

function choicesHtml(element: Part, names: Names, state: Part | undefined): Html {
  const chosen = chosenOf(element, state).map((option) => option['value']);
  const [on, off] = element['type'] === 'checkboxes' ? ['☑', '☐'] : ['◉', '○'];
  const options = offeredOptions(element).map(
    (option) =>
      html`<li>${chosen.includes(option['value']) ? on : off} ${textHtml(option['text'], names)}<small>${textHtml(
        option['description'],
        names,
      )}</small></li>`,
  );
  return html`<ul class="choices">${options}</ul>`;
}

function inputHtml(element: Part, names: Names, state: Part | undefined): Html {
  const value = stringOf((state ?? initialState(element))?.['value']);
  const size = element['multiline'] === true ? 'input multiline' : 'input';
  const words =
    value === ''
      ? html`<span class="placeholder">${textHtml(element['placeholder'], names)}</span>`
      : html`${plainHtml(value)}`;
  return html`<span class="${size}">${words}</span>`;
}

function chosenOf(element: Part, state: Part | undefined): readonly Part[] {
  const { type: _type, ...fields } = state ?? initialState(element) ?? {};
  return Object.values(fields).flatMap((value) => {
    if (Array.isArray(value)) return value.map(toOption);
    return value === null || value === undefined ? [] : [toOption(value)];
  });
}

/** People, channels and dates are chosen by what they are called. */
function toOption(value: unknown): Part {
  return typeof value === 'string'
    ? { text: { type: 'plain_text', text: value }, value }
    : (partsOf([value])[0] ?? {});
}
