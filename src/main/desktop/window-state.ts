import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const Bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
});
type Bounds = z.infer<typeof Bounds>;

const WindowState = z.object({ bounds: Bounds, isMaximized: z.boolean() });
export type WindowState = z.infer<typeof WindowState>;

export const MINIMUM_SIZE = { width: 800, height: 600 };
const DEFAULT_SIZE = { width: 1280, height: 860 };
/** As much of the window has to be seen that it can be taken hold of. */
const VISIBLE_PX = 100;

/** The state written last; null when there is none or it cannot be read, which is no reason not to start. */
export function readWindowState(path: string): WindowState | null {
  try {
    return WindowState.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

/** Keeps the state for the next start. Written at once: a window closes only once. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    writeFileSync(path, JSON.stringify(state));
  } catch {
    // A full or read-only disk costs the window its place, nothing else.
  }
}

/**
 * Where to open a window: where it was, unless the display it was on is gone or has shrunk; else with a size only,
 * which the system centres.
 */
export function placeWindow(
  saved: WindowState | null,
  workAreas: readonly Bounds[],
): { bounds: Partial<Bounds> & { width: number; height: number }; isMaximized: boolean } {
  const isMaximized = saved?.isMaximized ?? false;
  const area = saved && workAreas.find((area) => isReachable(saved.bounds, area));
  if (!saved || !area) return { bounds: { ...DEFAULT_SIZE }, isMaximized };
  const { x, y, width, height } = saved.bounds;
  return {
    bounds: {
      x,
      y,
      width: Math.max(MINIMUM_SIZE.width, Math.min(width, area.width)),
      height: Math.max(MINIMUM_SIZE.height, Math.min(height, area.height)),
    },
    isMaximized,
  };
}

/** Whether the top edge, by which a window is moved, can be reached within the area. */
function isReachable(bounds: Bounds, area: Bounds): boolean {
  const overlap = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return overlap >= VISIBLE_PX && bounds.y >= area.y && bounds.y <= area.y + area.height - VISIBLE_PX;
}
