/** What a person reads whose click means nothing any more. */
export const OLD_BUTTON =
  'That button belongs to an earlier version of this app and does nothing. Ask for a fresh plan.';

/** What a person reads whose choice is not offered any more. */
export const OLD_CHOICE =
  'I no longer have what that choice belongs to, so I did nothing. Ask again and choose from the new answer.';
