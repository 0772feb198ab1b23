import { describe, expect, it } from 'vitest';
import { placeBelow, placeBeside } from './place-beside.ts';

const viewport = { width: 1000, height: 600 };
const tip = { width: 100, height: 20 };
const anchorAt = (left: number, top: number) => ({
  left,
  top,
  width: 40,
  height: 40,
  right: left + 40,
  bottom: top + 40,
});

describe('placeBeside', () => {
  it('centres on the wanted side', () => {
    expect(placeBeside(anchorAt(400, 300), tip, 'top', viewport)).toEqual({ left: '370px', top: '274px' });
    expect(placeBeside(anchorAt(400, 300), tip, 'right', viewport)).toEqual({ left: '446px', top: '310px' });
  });

  it('turns to the other side at the edge of the window and stays inside it', () => {
    expect(placeBeside(anchorAt(0, 0), tip, 'top', viewport)).toEqual({ left: '8px', top: '46px' });
  });
});

describe('placeBelow', () => {
  const menu = { width: 200, height: 180 };
  it('hangs below the anchor from its left edge', () => {
    expect(placeBelow(anchorAt(100, 100), menu, viewport)).toEqual({ left: '100px', top: '146px' });
  });

  it('moves to the right edge and above where there is no room', () => {
    expect(placeBelow(anchorAt(950, 550), menu, viewport)).toEqual({ left: '790px', top: '364px' });
  });
});
