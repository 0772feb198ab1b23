export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
  width: number;
  height: number;
}

type Size = Pick<Box, 'width' | 'height'>;
export type Side = 'top' | 'bottom' | 'left' | 'right';

const GAP = 6;
const MARGIN = 8;
const OPPOSITE: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

/**
 * Where a small box goes: centred on a side of its anchor, or on the opposite side where the window ends. Gives CSS
 * lengths for `position: fixed`.
 */
export function placeBeside(anchor: Box, floating: Size, side: Side, viewport: Size = windowSize()) {
  const centreX = anchor.left + (anchor.width - floating.width) / 2;
  const centreY = anchor.top + (anchor.height - floating.height) / 2;
  const places: Record<Side, { left: number; top: number }> = {
    top: { left: centreX, top: anchor.top - GAP - floating.height },
    bottom: { left: centreX, top: anchor.bottom + GAP },
    left: { left: anchor.left - GAP - floating.width, top: centreY },
    right: { left: anchor.right + GAP, top: centreY },
  };
  const isVertical = side === 'top' || side === 'bottom';
  // Along the other axis the box can be pushed back into the window.
  const isInside = ({ left, top }: { left: number; top: number }) =>
    isVertical
      ? top >= 0 && top + floating.height <= viewport.height
      : left >= 0 && left + floating.width <= viewport.width;
  const wanted = places[side];
  const other = places[OPPOSITE[side]];
  return clamp(!isInside(wanted) && isInside(other) ? other : wanted, floating, viewport);
}

/**
 * Where a menu goes: below its anchor and flush with its left edge, or with its right one or above it where the window
 * ends. Gives CSS lengths for `position: fixed`.
 */
export function placeBelow(anchor: Box, floating: Size, viewport: Size = windowSize()) {
  const fitsRight = anchor.left + floating.width + MARGIN <= viewport.width;
  const fitsBelow = anchor.bottom + GAP + floating.height + MARGIN <= viewport.height;
  const left = fitsRight ? anchor.left : anchor.right - floating.width;
  const top = fitsBelow ? anchor.bottom + GAP : anchor.top - GAP - floating.height;
  return clamp({ left, top }, floating, viewport);
}

function clamp({ left, top }: { left: number; top: number }, floating: Size, viewport: Size) {
  const within = (value: number, size: number, limit: number) =>
    Math.max(MARGIN, Math.min(value, limit - size - MARGIN));
  return {
    left: `${within(left, floating.width, viewport.width)}px`,
    top: `${within(top, floating.height, viewport.height)}px`,
  };
}

function windowSize(): Size {
  return { width: window.innerWidth, height: window.innerHeight };
}
