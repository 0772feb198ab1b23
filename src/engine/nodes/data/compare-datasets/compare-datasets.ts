import type { Item } from '../../../../contract/index.ts';
import { derive, setPath } from '../../../node-kit/index.ts';
import { describeDifference, type SideNames } from './describe-difference.ts';
import { readField, withoutFields } from './fields.ts';
import { looselyEqual, strictlyEqual, type Equality } from './equality.ts';
import { matchFinder } from './match-finder.ts';

export interface CompareRules {
  /** Fields that say which items belong together. */
  keys: ReadonlyArray<{ first: string; second: string }>;
  /** What is given of a pair that differs. */
  different: 'both' | 'first' | 'second' | 'mix';
  /** With `mix`: whose fields are kept, but for those of `except`. */
  prefer: 'first' | 'second';
  except: readonly string[];
  /** Fields that do not count. */
  skip: readonly string[];
  multipleMatches: 'first' | 'all';
  /** 1 is the same as "1" and true, an empty text the same as null. */
  loose: boolean;
  /** With `loose`: an absent field is an empty one. */
  missingIsEmpty: boolean;
  dottedPaths: boolean;
  sideNames: SideNames;
}

/** Items only in the first input, the same in both, different, only in the second: one list for each. */
export function compareDatasets(
  first: readonly Item[],
  second: readonly Item[],
  rules: CompareRules,
): [Item[], Item[], Item[], Item[]] {
  const equal: Equality = rules.loose ? looselyEqual(rules.missingIsEmpty) : strictlyEqual;
  const matchesOf = matchFinder(second, rules, equal);
  const matched = new Set<number>();
  const onlyFirst: Item[] = [];
  const same: Item[] = [];
  const different: Item[] = [];

  first.forEach((item, index) => {
    const matches = matchesOf(item);
    if (matches.length === 0) {
      onlyFirst.push(derive(item.json, index, 0, item.binary));
      return;
    }
    let equalPartner: Item | undefined;
    for (const position of matches) {
      matched.add(position);
      const partner = second[position] as Item;
      if (countsEqual(item, partner, rules, equal)) equalPartner ??= partner;
      else different.push(derive(differing(item, partner, rules, equal), index));
    }
    if (equalPartner) {
      const kept = rules.loose && rules.different === 'second' ? equalPartner : item;
      same.push(derive(kept.json, index, 0, item.binary));
    }
  });
  const onlySecond = second
    .map((item, index) => ({ item, index }))
    .filter(({ index }) => !matched.has(index))
    .map(({ item, index }) => derive(item.json, index, 1, item.binary));
  return [onlyFirst, same, different, onlySecond];
}

function countsEqual(
  item: Item,
  partner: Item,
  { skip, dottedPaths }: CompareRules,
  equal: Equality,
): boolean {
  const first = withoutFields(item.json, skip, dottedPaths);
  const second = withoutFields(partner.json, skip, dottedPaths);
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].every((name) => equal(first[name], second[name]));
}

function differing(item: Item, partner: Item, rules: CompareRules, equal: Equality): Item['json'] {
  if (rules.different === 'first') return item.json;
  if (rules.different === 'second') return partner.json;
  if (rules.different === 'both') return describeDifference(item.json, partner.json, rules, equal);
  const [kept, other] = rules.prefer === 'first' ? [item.json, partner.json] : [partner.json, item.json];
  const mixed = { ...kept };
  for (const field of rules.except) {
    const value = readField(other, field, rules.dottedPaths);
    if (rules.dottedPaths) setPath(mixed, field, value ?? null);
    else mixed[field] = value ?? null;
  }
  return mixed;
}
