/**
 * What Slack accepts, counted in characters as sent. Source: Block Kit reference and the method pages of
 * docs.slack.dev; the whole-message ceiling was measured at 13,172, we stay below it.
 */
export const SLACK_LIMITS = {
  blocksPerMessage: 50,
  sectionText: 3_000,
  contextElements: 10,
  actionsElements: 25,
  buttonText: 75,
  buttonValue: 2_000,
  buttonUrl: 3_000,
  optionText: 75,
  /** The reference says 150, the type definitions 75: what both allow. */
  optionValue: 75,
  selectOptions: 100,
  placeholder: 150,
  actionId: 255,
  blockId: 255,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /** chat.update refuses more than 4,000 with msg_too_long; chat.postMessage would take more. */
  fallbackText: 3_000,
  messageText: 12_000,
  /** One markdown_text of a stream. */
  streamText: 12_000,
  /** Title, details and output of a task card, each. */
  taskText: 256,
  /** Of a modal, and of an App Home. */
  blocksPerView: 100,
  /** Of a view as JSON, in bytes; Slack's own is 250 kB. */
  viewBytes: 250_000,
  modalTitle: 24,
  privateMetadata: 3_000,
  inputText: 3_000,
} as const;
