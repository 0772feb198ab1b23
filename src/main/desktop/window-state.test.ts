import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

const DISPLAY = { x: 0, y: 0, width: 1920, height: 1080 };
const LEFT_DISPLAY = { x: -1920, y: 0, width: 1920, height: 1080 };
const saved = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  isMaximized: false,
});

describe('placeWindow', () => {
  it('opens with a default size where nothing was saved', () => {
    expect(placeWindow(null, [DISPLAY])).toEqual({
      bounds: { width: 1280, height: 860 },
      isMaximized: false,
    });
  });

  it('opens where the window was, on whichever display', () => {
    expect(placeWindow(saved(-1500, 100), [DISPLAY, LEFT_DISPLAY]).bounds).toEqual({
      x: -1500,
      y: 100,
      width: 1000,
      height: 700,
    });
  });

  it('forgets a place on a display that is gone', () => {
    expect(placeWindow(saved(-1500, 100), [DISPLAY]).bounds).toEqual({ width: 1280, height: 860 });
  });

  it('forgets a place whose title bar cannot be reached', () => {
    for (const place of [saved(100, -300), saved(1890, 100), saved(100, 1070)]) {
      expect(placeWindow(place, [DISPLAY]).bounds).toEqual({ width: 1280, height: 860 });
    }
  });

  it('keeps the window between its least size and that of the display', () => {
    expect(placeWindow(saved(0, 0, 4000, 10), [DISPLAY]).bounds).toEqual({
      x: 0,
      y: 0,
      width: 1920,
      height: 600,
    });
  });
});

describe('window state file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'window-state-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads back what was written', () => {
    const path = join(folder, 'state.json');
    const state = { ...saved(1, 2), isMaximized: true };
    writeWindowState(path, state);
    expect(readWindowState(path)).toEqual(state);
  });

  it('takes a missing or damaged file for none', () => {
    const path = join(folder, 'state.json');
    expect(readWindowState(path)).toBeNull();
    for (const text of ['{', '{"bounds":{"x":"1"}}', 'null']) {
      writeFileSync(path, text);
      expect(readWindowState(path)).toBeNull();
    }
  });

  it('does not fail where it cannot write', () => {
    expect(() => writeWindowState(join(folder, 'missing', 'state.json'), saved(0, 0))).not.toThrow();
  });
});
