import { describe, expect, test } from '@jest/globals';
import { falseAlarmRate } from '../../../bench/health/null-partners.ts';
import { DECLINE_RULE, type DeclineEvent, type DeclineState, followDecline } from './decline.ts';
import { seriesWith } from './testing/series.ts';

/** A level with a saw of ±10 % on it, so that there is a spread. */
const sawed = (level: (week: number) => number) => (week: number) => level(week) * (1 + 0.1 * ((week % 3) - 1));
const told = (events: readonly DeclineEvent[]) => events.map(({ type }) => type);

describe('the watch over declines', () => {
  test('a fall is flagged once, with when it began and what fell', () => {
    const series = seriesWith({
      usage: sawed((week) => (week >= 50 ? 4 : 10)),
      interaction: sawed(() => 6),
      weeks: 70,
    });
    const { state, events } = followDecline(null, series, 69);
    expect(told(events)).toEqual(['declining']);
    expect(events[0]).toMatchObject({ since: 50, signals: ['usage'] });
    expect(events[0]?.week).toBeLessThanOrEqual(53);
    expect(state).toMatchObject({ status: 'declining', fell: ['usage'] });
  });

  test('a fall that neither signal shows alone is seen sooner in both together', () => {
    const falling = sawed((week) => (week >= 50 ? 7.5 : 10));
    const alone = followDecline(null, seriesWith({ usage: falling, interaction: null, weeks: 90 }), 89);
    const both = followDecline(null, seriesWith({ usage: falling, interaction: falling, weeks: 90 }), 89);
    expect(both.events[0]?.week).toBeLessThan(alone.events[0]?.week as number);
    expect(both.events[0]).toMatchObject({ signals: ['usage', 'interaction'] });
  });

  test('a slow fall does not become the usual while it goes on', () => {
    const fading = sawed((week) => 10 * 0.2 ** (Math.max(0, week - 60) / 30));
    const { events } = followDecline(null, seriesWith({ usage: fading, interaction: null, weeks: 91 }), 90);
    expect(told(events)).toEqual(['declining']);
  });

  test('one that comes back has recovered, and the next fall is another decline', () => {
    const twice = sawed((week) => ((week >= 50 && week < 60) || week >= 90 ? 3 : 10));
    const { events } = followDecline(null, seriesWith({ usage: twice, interaction: null, weeks: 100 }), 99);
    expect(told(events)).toEqual(['declining', 'recovered', 'declining']);
  });

  test('one that stays where it fell to is settled after half a year, and is not flagged again for it', () => {
    const lower = sawed((week) => (week >= 50 ? 4 : 10));
    const { events } = followDecline(null, seriesWith({ usage: lower, interaction: null, weeks: 130 }), 129);
    expect(told(events)).toEqual(['declining', 'settled']);
  });

  test('week by week, with the state kept as JSON in between, comes to the same as all at once', () => {
    const series = seriesWith({
      usage: sawed((week) => (week >= 50 && week < 58 ? 3 : 10)),
      interaction: sawed((week) => (week >= 52 ? 2 : 6)),
      weeks: 80,
    });
    let state: DeclineState | null = null;
    const events: DeclineEvent[] = [];
    for (let week = 0; week < 80; week += 1) {
      const step = followDecline(state, series, week);
      state = JSON.parse(JSON.stringify(step.state)) as DeclineState;
      events.push(...step.events, ...followDecline(state, series, week).events);
    }
    expect({ state, events }).toEqual(followDecline(null, series, 79));
    expect(told(events)).toContain('declining');
  });

  test('weeks that were not observed are no fall, and neither is a partner of whom little is known yet', () => {
    const unheard = sawed((week) => (week >= 50 ? Number.NaN : 10));
    expect(followDecline(null, seriesWith({ usage: unheard, interaction: null, weeks: 70 }), 69).events).toEqual([]);
    const young = sawed((week) => (week < 50 ? Number.NaN : week >= 58 ? 1 : 10));
    expect(followDecline(null, seriesWith({ usage: young, interaction: null, weeks: 62 }), 61).events).toEqual([]);
  });

  test('on partners whose level never changes it raises about one false alarm in a hundred months', () => {
    const rate = falseAlarmRate(DECLINE_RULE, 120, 77);
    expect(rate).toBeGreaterThan(0.002);
    expect(rate).toBeLessThan(0.016);
  });
});
