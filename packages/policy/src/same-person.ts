import type { Principal } from '@jamie/core';

/**
 * Whether two accounts count as one person. One who acts as the same Kubernetes user is taken for the same, whatever
 * account they come with: nobody makes up a quorum alone, at a terminal and in Slack. Pure.
 */
export function isSamePerson(one: Principal, other: Principal): boolean {
  return one.id === other.id || one.kubernetes.user === other.kubernetes.user;
}
