import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatRelativeTime, formatZonedTime } from './format.ts';

describe('formatDuration', () => {
  it('uses the unit that fits', () => {
    const lengths = [0.42, 12, 850, 2345, 59_990, 74_000, 120_000, 5_400_000];
    expect(lengths.map((length) => formatDuration(length, 'en'))).toEqual([
      '0.4 ms',
      '12 ms',
      '850 ms',
      '2.3 s',
      '60 s',
      '1 min 14 s',
      '2 min',
      '1 h 30 min',
    ]);
    expect(formatDuration(74_000, 'zh-CN')).toBe('1 分 14 秒');
  });
});

describe('formatRelativeTime', () => {
  const now = Date.UTC(2026, 0, 31, 12);
  it('says how long ago something was', () => {
    const ago = [2_000, 40_000, 300_000, 7_200_000, 90_000_000];
    expect(ago.map((elapsed) => formatRelativeTime(now - elapsed, now, 'en'))).toEqual([
      'just now',
      '40 seconds ago',
      '5 minutes ago',
      '2 hours ago',
      'yesterday',
    ]);
    expect(formatRelativeTime(now - 300_000, now, 'zh-CN')).toBe('5分钟前');
  });

  it('gives the date of what is more than a week away', () => {
    expect(formatRelativeTime(Date.UTC(2026, 0, 2, 12), now, 'en')).toBe('Jan 2, 2026');
  });
});

describe('formatBytes', () => {
  it('uses the unit that fits', () => {
    expect([12, 2048, 48_213, 5_400_000].map(formatBytes)).toEqual(['12 B', '2 KB', '47.1 KB', '5.1 MB']);
  });
});

describe('formatZonedTime', () => {
  it('goes by the clocks of the time zone and ends with its distance from UTC', () => {
    const at = Date.UTC(2026, 2, 29, 1, 0, 5);
    expect(formatZonedTime(at, 'en', 'Europe/Berlin')).toBe('Sun, Mar 29, 2026, 03:00:05 GMT+2');
    expect(formatZonedTime(at, 'zh-CN', 'Asia/Shanghai')).toBe('2026年3月29日周日 09:00:05 GMT+8');
  });
});
