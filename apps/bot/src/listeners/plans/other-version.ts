/** What a person reads who decides on a card that does not show the plan as it stands. */
export const OTHER_VERSION =
  'That card shows another version of the plan. Look at the newest card and decide there.';

/** What a person reads whose modal was made by a version of ours that we cannot read. */
export const OLD_MODAL =
  'That form belongs to an earlier version of this app and does nothing. Click the button again.';
