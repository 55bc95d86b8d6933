/** Names the rules below. Part of every plan's hash: a plan made under other rules is never executed. */
export const POLICY_VERSION = 'built-in-3';
