import { describe, expect, test } from '@jest/globals';
import { fold } from './folding.ts';
import { quantitiesOf } from './quantity.ts';

const numbersOf = (text: string): readonly string[] =>
  quantitiesOf(fold(text).plain).map(
    ({ measure, values, detail }) =>
      `${measure} ${detail === '' ? values.join('|') : measure === 'money' ? `${values.join('|')} ${detail}` : detail}`,
  );

describe('numbers of a text', () => {
  test.each([
    ['480,000 pumps', ['count 480000|480']],
    ['480 000 pumps', ['count 480000']],
    ["480'000 pumps", ['count 480000']],
    ['0.48 million pumps', ['count 480000']],
    ['480K pumps', ['count 480000']],
    ['４８０ pumps', ['count 480']],
    ['4\u200b80 pumps', ['count 480']],
    ['4\u00ad8\u00ad0 pumps', ['count 480']],
    ['٤٨٠ pumps', ['count 480']],
    ['two hundred and twelve differences', ['count 212']],
    ['twenty-eight accounts', ['count 28']],
    ['a dozen plants', ['count 12']],
    ['two point four million', ['count 2400000']],
    ['1.150 motors', ['count 1150|1.15']],
    ['USD 1.2 million', ['money 1200000 USD']],
    ['$1.2M', ['money 1200000 USD']],
    ['1.2 million dollars', ['money 1200000 USD']],
    ['EUR 62.500,50', ['money 62500.5|62.5005 EUR']],
    ['40 %', ['share 40']],
    ['40 percent', ['share 40']],
    ['one case in eight', ['share 12.5']],
    ['nine out of ten', ['share 90']],
    ['1 in 8', ['share 12.5']],
    ['by half', ['share 50']],
    ['three quarters', ['share 75']],
    ['6 percentage points', ['points 6']],
    ['10 × cheaper', ['times 10']],
    ['10x', ['times 10']],
    ['ten-fold', ['times 10']],
    ['tenfold', ['times 10']],
    ['twice as fast', ['times 2']],
    ['halves the time', ['times 0.5']],
    ['24 hours', ['time 86400']],
    ['500 ms', ['time 0.5']],
    ['two years', ['months 24']],
    ['24 months', ['months 24']],
    ['-20 °C', ['temperature -20']],
    ['30 June 2026', ['date 30-6-2026']],
    ['June 30, 2026', ['date 30-6-2026']],
    ['2026-06-30', ['date 30-6-2026']],
    ['9/30/2026', ['date 30-9-2026']],
    ['in September 2026', ['date -9-2026']],
    ['at 15:00 UTC', ['clock 900']],
    ['the first framework', []],
    ['nothing to count here', []],
  ])('%s', (text, expected) => {
    expect(numbersOf(text)).toEqual(expected);
  });

  test('keep their places and never overlap', () => {
    const text = 'USD 184,000 on 30 June 2026: one in eight of 650, 10 x as many, half, 24 hours, 9/30/2026.';
    const found = quantitiesOf(text);
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
      'USD 184,000',
      '30 June 2026',
      'one in eight',
      '650',
      '10 x',
      'half',
      '24',
      '9/30/2026',
    ]);
  });
});
