/** Cases that differ on purpose, by the beginning of their id, each with the cause. */
export const KNOWN: Readonly<Record<string, string>> = {
  'filter/filter-parameter/b80c3123d472':
    'Fails as expected, but says so in its own words, which name the value and both types.',
  'filter/filter-parameter/aa96faa7fb47':
    'Fails as expected, but says so in its own words, which name the value and both types.',
  'filter/filter-parameter/7886728dd8e7':
    'Fails as expected, but says so in its own words, which name the value and both types.',
};
