import { holdsPosition, type PositionRange } from '../scenario/position-ranges.ts';
import type { PodMatch, PodPosition, PodScript, Scenario } from '../scenario/scenario-model.ts';

/** True when every part that a match names holds the pod's position. */
export function matchesPosition(match: PodMatch, position: PodPosition): boolean {
  const holds = (ranges: readonly PositionRange[] | undefined, value: number | null | undefined): boolean =>
    ranges === undefined || (value !== null && value !== undefined && holdsPosition(ranges, value));
  return (
    holds(match.ordinal, position.ordinal) &&
    holds(match.index, position.index) &&
    holds(match.attempt, position.attempt) &&
    holds(match.run, position.run)
  );
}

/** A scenario's rules, ready to be asked. */
export interface PodFates {
  /** What becomes of a pod: the default, overridden by the first rule that matches. */
  of(position: PodPosition): PodScript;
  /** Rules that no pod was asked by so far, 0-based. */
  unusedRules(): number[];
}

/** The rules of a scenario. */
export function fatesOf(scenario: Scenario): PodFates {
  const rules = scenario.pods.map(({ match, script }) => ({
    match,
    script: { ...scenario.default, ...script },
    used: false,
  }));
  return {
    of(position) {
      for (const rule of rules)
        if (matchesPosition(rule.match, position)) {
          rule.used = true;
          return rule.script;
        }
      return scenario.default;
    },
    unusedRules: () => rules.flatMap(({ used }, at) => (used ? [] : [at])),
  };
}

/** What becomes of the pod at one position. */
export function fateOfPod(scenario: Scenario, position: PodPosition): PodScript {
  return fatesOf(scenario).of(position);
}

/** What is said of a rule that no pod came to. */
export function unusedRule(at: number): string {
  return `The scenario's rule pods[${at}] matches no pod of this run.`;
}
