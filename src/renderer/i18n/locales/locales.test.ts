import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ''): Array<[path: string, text: string]> {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );
}

const gaps = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted();

describe('locales', () => {
  const english = new Map(leaves(en));
  const chinese = new Map(leaves(zhCN));

  it('have the same texts with the same gaps', () => {
    expect([...chinese.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    for (const [path, text] of english)
      expect([path, gaps(chinese.get(path) ?? '')]).toEqual([path, gaps(text)]);
  });

  it('hold no character that the message format reads as its own', () => {
    for (const [path, text] of [...english, ...chinese])
      expect([path, /@/.test(text)]).toEqual([path, false]);
  });
});
