import { describe, expect, it } from 'vitest';
import { createHistory } from './history.ts';

describe('createHistory', () => {
  it('restores exactly the values that were there', () => {
    const [first, second, third] = [{ n: 1 }, { n: 2 }, { n: 3 }];
    const history = createHistory<object>();
    history.record(first, 0);
    history.record(second, 1);
    expect(history.undo(third)).toBe(second);
    expect(history.undo(second)).toBe(first);
    expect(history.undo(first)).toBeUndefined();
    expect(history.redo(first)).toBe(second);
    expect(history.redo(second)).toBe(third);
    expect(history.redo(third)).toBeUndefined();
  });

  it('takes quick changes with one key as one step', () => {
    const history = createHistory<string>();
    history.record('', 0, 'url');
    history.record('h', 100, 'url');
    history.record('ht', 1500, 'url');
    expect(history.undo('htt')).toBe('');
    expect(history.undoCount).toBe(0);
  });

  it('starts a step after a pause, for another key, and when told to', () => {
    const history = createHistory<number>();
    history.record(1, 0, 'a');
    history.record(2, 5000, 'a');
    history.record(3, 5001, 'b');
    history.breakStep();
    history.record(4, 5002, 'b');
    expect(history.undoCount).toBe(4);
  });

  it('forgets what was undone once something new happens', () => {
    const history = createHistory<number>();
    history.record(1, 0);
    history.undo(2);
    history.record(1, 1);
    expect(history.redoCount).toBe(0);
  });
});
