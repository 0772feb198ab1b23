import type { ConditionSet } from '../../../../contract/index.ts';
import { matchesConditions, NodeError } from '../../../node-kit/index.ts';

interface Rules {
  mode: 'rules' | 'index';
  rules: ReadonlyArray<{ conditions: ConditionSet }>;
  allMatching: boolean;
  outputs: number;
  output: number;
  fallback: 'none' | 'extra' | 'output';
  fallbackOutput: number;
}

/** The output ports an item leaves by, of `portCount`. None when no rule matches and there is no fallback. */
export function routesOf(parameters: Rules, portCount: number, timezone: string): number[] {
  const found = parameters.mode === 'rules' ? matchingRules(parameters, timezone) : chosenOutput(parameters);
  if (found.length > 0) return found;
  if (parameters.fallback === 'extra') return [portCount - 1];
  if (parameters.fallback === 'output')
    return [inRange('fallbackOutput', parameters.fallbackOutput, portCount)];
  if (parameters.mode === 'index') inRange('output', parameters.output, parameters.outputs);
  return [];
}

function matchingRules({ rules, allMatching }: Rules, timezone: string): number[] {
  const found: number[] = [];
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index];
    if (!rule || !matchesConditions(rule.conditions, timezone)) continue;
    found.push(index);
    if (!allMatching) break;
  }
  return found;
}

function chosenOutput({ output, outputs }: Rules): number[] {
  return output >= 0 && output < outputs ? [output] : [];
}

function inRange(parameter: string, index: number, count: number): number {
  if (index >= 0 && index < count) return index;
  const reason = `there is no output ${index}, they are numbered 0 to ${count - 1}`;
  throw new NodeError('PARAMETER_INVALID', { parameter, field: parameter, reason });
}
