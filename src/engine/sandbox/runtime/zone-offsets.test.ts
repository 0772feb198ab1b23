import { IANAZone } from 'luxon';
import { describe, expect, test } from 'vitest';
import { rememberZoneOffsets } from './zone-offsets.ts';

const ZONES = [
  'America/New_York',
  'America/St_Johns', // changed at one minute past midnight
  'Australia/Lord_Howe', // half an hour of summer time
  'Africa/Casablanca', // goes back for Ramadan
  'Pacific/Apia', // skipped a day at the end of 2011
  'Asia/Kathmandu',
  'Asia/Shanghai',
  'America/Noronha', // two changes within a week in 2000
];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Some instants of each day from 1970 to 2040, with a step that no clock change follows. */
function instants(): number[] {
  const list: number[] = [];
  for (let at = Date.UTC(1970, 0, 1); at < Date.UTC(2040, 0, 1); at += 31 * HOUR + 17 * MINUTE) list.push(at);
  return list;
}

describe('remembered offsets of zones', () => {
  const at = instants();
  const changes = (zone: IANAZone) =>
    [Date.UTC(2011, 2, 13), Date.UTC(2026, 2, 8), Date.UTC(2026, 9, 4), Date.UTC(2026, 10, 1)]
      .flatMap((day) => Array.from({ length: 24 * 12 }, (_, step) => day + step * 5 * MINUTE + 1))
      .map((ts) => zone.offset(ts));
  const answers = (name: string) => {
    const zone = IANAZone.create(name);
    return [...at.map((ts) => zone.offset(ts)), ...changes(zone)];
  };
  const before = ZONES.map(answers);
  rememberZoneOffsets();

  test.each(ZONES.map((name, index) => [name, before[index] as number[]] as const))(
    '%s: as Intl says, asked for the first time and again',
    (name, expected) => {
      expect(answers(name)).toEqual(expected);
      expect(answers(name)).toEqual(expected);
    },
  );

  test('what an object of the user says is not remembered', () => {
    const real = IANAZone.create('Asia/Tokyo');
    let asked = 0;
    const liar = {
      valid: true,
      get name() {
        return asked++ === 0 ? 'Asia/Tokyo' : 'America/New_York';
      },
    };
    Reflect.apply(Reflect.get(IANAZone.prototype, 'offset') as () => number, liar, [0]);
    expect(real.offset(1)).toBe(540);
  });

  test('what is no instant or no zone has no offset', () => {
    expect(IANAZone.create('Asia/Shanghai').offset(NaN)).toBeNaN();
    expect(IANAZone.create('No/Where').offset(0)).toBeNaN();
  });
});
