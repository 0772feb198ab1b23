interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
  width: number;
  height: number;
}

const GAP = 4;
const MARGIN = 8;

/**
 * Where a floating box goes: below the anchor and flush with its left edge, or with its right one or above it where
 * the window ends. Gives CSS lengths for `position: fixed`.
 */
export function placeBelow(
  anchor: Box,
  floating: Pick<Box, 'width' | 'height'>,
  viewport = { width: window.innerWidth, height: window.innerHeight },
): { left: string; top: string } {
  const fitsRight = anchor.left + floating.width + MARGIN <= viewport.width;
  const left = fitsRight ? anchor.left : anchor.right - floating.width;
  const fitsBelow = anchor.bottom + GAP + floating.height + MARGIN <= viewport.height;
  const top = fitsBelow ? anchor.bottom + GAP : anchor.top - GAP - floating.height;
  return { left: `${Math.max(left, MARGIN)}px`, top: `${Math.max(top, MARGIN)}px` };
}
