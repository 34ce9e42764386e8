import {
  dayOf,
  HISTORY_DAYS,
  isRefused,
  takeEvent,
  type TakenEvent,
  WINDOW_DAYS,
} from '../../../domain/telemetry/event.ts';
import type { OrgRuntime } from '../../org-runtime.ts';

type Org = Pick<OrgRuntime, 'telemetry' | 'crmTelemetry' | 'clock'>;
const partnersCursor = 'partners';
const activityCursor = 'activity';

/** Learns of partners that were made since. */
const learnPartners = async ({ telemetry, crmTelemetry }: Org): Promise<void> => {
  const before = await telemetry.cursors.read(partnersCursor);
  const read = await crmTelemetry.partnersSince(before);
  if (!read.ok) throw new Error(read.error.message);
  await telemetry.partners.keep(read.value.items);
  if (read.value.cursor !== null && read.value.cursor !== before)
    await telemetry.cursors.keep(partnersCursor, read.value.cursor);
};

/**
 * Tells what the CRM knows to have passed between the companies: the whole past at first, then what changed. The cursor is
 * kept after the events, so a stop in between tells them again, under the same ids.
 */
export const readActivity = async (org: Org): Promise<void> => {
  const { telemetry, crmTelemetry } = org;
  await learnPartners(org);
  const nowMs = Date.parse(org.clock.now());
  const source = await telemetry.sources.own();
  for (;;) {
    const before = await telemetry.cursors.read(activityCursor);
    const read = await crmTelemetry.activitySince(before);
    if (!read.ok) throw new Error(read.error.message);
    const { items, cursor, more } = read.value;
    const partners = await telemetry.partners.keys(items.map(({ partner }) => partner));
    if (before === null && items.length > 0) await telemetry.roller.makeHistory(dayOf(nowMs));
    const bounds = {
      kinds: null,
      partners: null,
      isPartner: (key: string) => partners.has(key),
      nowMs,
      windowDays: before === null ? HISTORY_DAYS : WINDOW_DAYS,
    };
    const events = items
      .map(({ account, ...rest }, index) => takeEvent({ ...rest, ...(account ? { account } : {}) }, index, bounds))
      .filter((event): event is TakenEvent => !isRefused(event));
    await telemetry.events.store(source, events);
    if (cursor !== null && cursor !== before) await telemetry.cursors.keep(activityCursor, cursor);
    if (!more) return;
  }
};
