import { z } from 'zod';
import {
  materialKey,
  materialKinds,
  partsOfKey,
  readBody,
  type MaterialKind,
} from '../../domain/language/material-record.ts';
import type { Json } from '../../domain/values/json.ts';
import type { OwnRecord, OwnRow } from '../../ports/crm/own-rows.ts';
import { PERMISSIONS } from '../../ports/crm/person-rights.ts';
import type { OrgRuntime } from '../org-runtime.ts';
import { defineHandler, done, type GovernanceAnswer, type GovernanceAsk, refused } from './governance-handler.ts';
import { recordControl } from './record-control.ts';

const object = 'LanguageMaterial__c';

export const proposeMaterialInput = z.strictObject({
  version: z.literal(1),
  kind: z.enum(materialKinds),
  title: z.string().trim().min(1).max(120),
  /** In the form of the kind (`domain/language/material-record.ts`), as an object or as the JSON of one. */
  body: z.union([z.string().max(32_768), z.record(z.string(), z.json())]),
  /** Key of the partner that it is for; absent: for all. */
  partner: z.string().min(1).max(80).optional(),
});
const approveInput = z.strictObject({ version: z.literal(1) });
const withdrawInput = z.strictObject({ version: z.literal(1), reason: z.string().trim().min(1).max(255) });

/** `value-proposition:fast-setup`, with or without its version: what all versions of a material share. */
const lineOf = (subject: string): { readonly kind: MaterialKind; readonly name: string } | null =>
  partsOfKey(/:v\d+$/.test(subject) ? subject : `${subject}:v1`);

const needs = PERMISSIONS.manageLanguage;
const alone = ({ request }: Pick<GovernanceAsk, 'request'>): string => {
  const line = lineOf(request.subject ?? '');
  return `material:${line ? `${line.kind}:${line.name}` : ''}`;
};

const notAKey =
  'It is not clear which material is meant: its key is kind:name, such as "value-proposition:fast-setup", in small letters.';

/** A text that somebody wants to be said: it counts once another person has approved it. */
export const proposeMaterialHandler = defineHandler<z.infer<typeof proposeMaterialInput>>({
  kind: 'propose-material',
  input: proposeMaterialInput,
  needs,
  alone,
  handle: async ({ request, input, person, org, held }) => {
    const line = lineOf(request.subject ?? '');
    if (line === null || line.kind !== input.kind) return refused(notAKey);
    const body = typeof input.body === 'string' ? input.body : JSON.stringify(input.body);
    const read = readBody(input.kind, body);
    if (!read.ok) return refused(`This cannot be a ${input.kind}: ${read.error}. Put it right, and propose it again.`);
    const versions = await versionsOf(org, line);
    const next = Math.max(0, ...versions.map(({ fields }) => Number(fields.version))) + 1;
    const recorded = await record(org, request.id, {
      kind: 'propose-material',
      subject: `${line.kind}:${line.name}`,
      actor: person.id,
      what: `${input.title}: version ${next} proposed`,
      before: versions.at(-1)?.key ?? null,
      after: { key: materialKey(line.kind, line.name, next), body: read.value as Json },
      why: '',
    });
    const key = keyIn.parse(recorded.body).after.key;
    const version = partsOfKey(key)?.version ?? next;
    // Done again after a crash: the row is there, and may have been approved since.
    if (versions.some((one) => one.key === key)) return done(`Proposed as version ${version}.`, { key, version });
    if (!held.mayWrite()) return lost;
    const written = await write(org, [
      {
        object,
        key,
        fields: {
          kind: input.kind,
          title: input.title,
          body,
          status: 'proposed',
          version,
          proposedBy: person.id,
        },
        ...(input.partner === undefined ? {} : { refs: { partner: { object: 'Partner__c', key: input.partner } } }),
      },
    ]);
    return (
      written ??
      done(`Proposed as version ${version}. Somebody else must approve it before it is used.`, { key, version })
    );
  },
});

/** Another person's yes: from now on this version may be said, and those before it no more. */
export const approveMaterialHandler = defineHandler<z.infer<typeof approveInput>>({
  kind: 'approve-material',
  input: approveInput,
  needs,
  alone,
  handle: async ({ request, person, org, held }) => {
    const found = await findVersion(org, request.subject);
    if (typeof found === 'string') return refused(found);
    const { row, others } = found;
    const { status, proposedBy, title } = row.fields;
    if (isSame(proposedBy, person.id)) return refused('You proposed this yourself. Somebody else must approve it.');
    if (status === 'withdrawn') return refused('This version was withdrawn. Propose it again to have it approved.');
    if (!isSame(row.modifiedById, org.user))
      return refused('This was changed past Tandem, so nobody knows what was proposed. Propose it again.');
    const broken = readBody(partsOfKey(row.key)?.kind ?? 'template', String(row.fields.body ?? ''));
    if (!broken.ok) return refused(`This cannot be used: ${broken.error}. Propose it again.`);
    if (status === 'approved' && !isSame(row.fields.approvedBy, person.id)) return refused('This is approved already.');
    const before = others.filter(
      ({ fields }) => fields.status === 'approved' && (fields.partner ?? null) === (row.fields.partner ?? null),
    );
    await record(org, request.id, {
      kind: 'approve-material',
      subject: row.key,
      actor: person.id,
      what: `${String(title)}: approved`,
      before: before.map(({ key }) => key),
      after: { key: row.key, body: broken.value as Json },
      why: '',
    });
    if (!held.mayWrite()) return lost;
    const written = await write(org, [
      { object, key: row.key, fields: { status: 'approved', approvedBy: person.id, approvedAt: org.clock.now() } },
      ...before.map(({ key }): OwnRow => ({ object, key, fields: { status: 'withdrawn' } })),
    ]);
    return written ?? done('Approved. Texts are judged by it from now on.', { key: row.key });
  },
});

/** From now on nobody says this any more. */
export const withdrawMaterialHandler = defineHandler<z.infer<typeof withdrawInput>>({
  kind: 'withdraw-material',
  input: withdrawInput,
  needs,
  alone,
  handle: async ({ request, input, person, org, held }) => {
    const found = await findVersion(org, request.subject);
    if (typeof found === 'string') return refused(found);
    const { row } = found;
    await record(org, request.id, {
      kind: 'withdraw-material',
      subject: row.key,
      actor: person.id,
      what: `${String(row.fields.title)}: withdrawn`,
      before: String(row.fields.status),
      after: { key: row.key },
      why: input.reason,
    });
    if (!held.mayWrite()) return lost;
    const written = await write(org, [{ object, key: row.key, fields: { status: 'withdrawn' } }]);
    return written ?? done('Withdrawn. No text is judged or composed by it any more.', { key: row.key });
  },
});

const keyIn = z.looseObject({ after: z.looseObject({ key: z.string() }) });
const lost: GovernanceAnswer = { state: 'again', inMs: 0, note: 'the claim was lost before the material was written' };

const isSame = (left: unknown, right: string): boolean =>
  typeof left === 'string' && left.slice(0, 15) === right.slice(0, 15);

/** All versions of a material, the oldest first. @throws what the org said; it is tried again. */
const versionsOf = async (
  org: OrgRuntime,
  { kind, name }: { readonly kind: MaterialKind; readonly name: string },
): Promise<readonly OwnRecord[]> => {
  const rows = await org.crm.readRows(object, { where: { kind } });
  if (!rows.ok) throw new Error(`the materials could not be read: ${rows.error.message}`);
  return rows.value
    .filter(({ key }) => lineOf(key)?.name === name)
    .sort((left, right) => Number(left.fields.version) - Number(right.fields.version));
};

/** The version that a request names; else what to tell the person. */
const findVersion = async (
  org: OrgRuntime,
  subject: string | null,
): Promise<{ readonly row: OwnRecord; readonly others: readonly OwnRecord[] } | string> => {
  const parts = partsOfKey(subject ?? '');
  if (parts === null) return `${notAKey.slice(0, -1)}, and its version (":v2") behind it.`;
  const versions = await versionsOf(org, parts);
  const row = versions.find(({ key }) => key === subject);
  return row ? { row, others: versions.filter((one) => one !== row) } : 'There is no such material.';
};

const record = (
  org: OrgRuntime,
  request: string,
  act: {
    readonly kind: string;
    readonly subject: string;
    readonly actor: string;
    readonly what: string;
    readonly before: Json;
    readonly after: Json;
    readonly why: string;
  },
) => {
  const { kind, subject, actor, ...body } = act;
  return recordControl(org, { kind, subject, request, actor, body });
};

/** Writes the rows, and tells every process by the epoch. Null: done; else what to tell the person. @throws what is tried again. */
const write = async (org: OrgRuntime, rows: readonly OwnRow[]): Promise<GovernanceAnswer | null> => {
  const answers = await org.crm.upsertRows(rows);
  if (!answers.ok) throw new Error(`the material could not be written: ${answers.error.message}`);
  const failed = answers.value.find(({ problem }) => problem !== null);
  // Twice does no harm: what was judged by the old material is judged again.
  await org.control.raiseEpoch();
  org.crm.forgetSettings();
  return failed ? refused(`${failed.key} could not be written: ${failed.problem ?? ''}`) : null;
};
