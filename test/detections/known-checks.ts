import { evaluationChecks } from './checks/evaluations.ts';
import { k8sgptChecks } from './checks/k8sgpt.ts';
import { popeyeChecks } from './checks/popeye.ts';
import { robustaChecks } from './checks/robusta.ts';
import type { KnownCheck } from './known-check.ts';

/** Every Kubernetes detection that the best public tools and evaluation suites name. */
export const KNOWN_CHECKS: readonly KnownCheck[] = [
  ...popeyeChecks,
  ...k8sgptChecks,
  ...robustaChecks,
  ...evaluationChecks,
];
