import type { Program } from '../kubelet/program.ts';
import type { Manifest } from './manifests.ts';

/** What somebody did to the cluster at one moment of the past. */
export interface Step {
  readonly minutesAgo: number;
  /** Created, or updated where they exist already. */
  readonly apply?: readonly Manifest[];
  readonly remove?: readonly { readonly kind: string; readonly namespace: string; readonly name: string }[];
  /** Tags deleted from the registry. */
  readonly deleteImages?: readonly string[];
}

/** A part of the company: its images, and what happened to it in order of time. */
export interface Scenario {
  readonly images: Readonly<Record<string, Program>>;
  readonly steps: readonly Step[];
}

export const MINUTES_PER_DAY = 24 * 60;
