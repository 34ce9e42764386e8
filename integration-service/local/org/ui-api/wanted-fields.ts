import type { Engine, ObjectAccess, RequestContext } from '../engine/engine.ts';
import { OrgError } from '../engine/errors.ts';
import type { ObjectSchema } from '../schema/types.ts';
import type { WantedFields } from './records.ts';

/** Comma-separated names of a query parameter, which may also be given several times. */
export const namesIn = (parameter: unknown): string[] =>
  [parameter ?? []]
    .flat()
    .flatMap((value) => String(value).split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** What can be read through a reference that may lead to several objects (object reference, "Name"). */
const NAME_FIELDS = new Set([
  'Id',
  'Name',
  'FirstName',
  'LastName',
  'Alias',
  'Email',
  'Phone',
  'Title',
  'Username',
  'IsActive',
]);

const invalid = (message: string): OrgError => new OrgError('ILLEGAL_QUERY_PARAMETER_VALUE', message);

/** `Opportunity.Account.Name` asked of an Opportunity is the path `Account.Name`. */
const pathIn = (object: ObjectSchema, name: string): string => {
  const [head = '', ...rest] = name.split('.');
  if (rest.length === 0) throw invalid(`Field '${name}' must be qualified by its object: ${object.name}.${name}`);
  if (head.toLowerCase() !== object.name.toLowerCase())
    throw invalid(`Field '${name}' does not belong to ${object.name}`);
  return rest.join('.');
};

/**
 * Follows a path from an object to its last field, checking each step for the user. Undefined where a step is unknown or
 * hidden: the two must not be told apart.
 */
const settle = async (
  engine: Engine,
  context: RequestContext,
  object: ObjectSchema,
  path: string,
): Promise<string | undefined> => {
  const [head = '', ...rest] = path.split('.');
  const access: ObjectAccess = await engine.accessOf(context, object.name);
  if (!access.readable) return undefined;
  if (rest.length === 0) {
    const field = object.field(head, context.defaultNamespace);
    return field && field.type !== 'address' && access.field(field.name).readable ? field.name : undefined;
  }
  const reference = object.parent(head, context.defaultNamespace);
  const target = reference?.reference?.to.length === 1 ? reference.reference.to[0] : undefined;
  // Owners of custom objects may be queues: their path leads to what the org's Name object has for all of them.
  if (reference?.reference && !target)
    return access.field(reference.name).readable && NAME_FIELDS.has(rest.join('.'))
      ? `${reference.reference.relationshipName}.${rest.join('.')}`
      : undefined;
  const parent = target ? engine.schema.object(target) : undefined;
  if (!reference?.reference || !parent || !access.field(reference.name).readable) return undefined;
  const inner = await settle(engine, context, parent, rest.join('.'));
  return inner && `${reference.reference.relationshipName}.${inner}`;
};

/** Asked-for fields as paths: a missing one of `fields` is an error, of `optionalFields` is left out. */
export const wantedFields = async (
  engine: Engine,
  context: RequestContext,
  object: ObjectSchema,
  asked: { fields: readonly string[]; optionalFields: readonly string[] },
): Promise<WantedFields> => {
  const paths = new Set<string>();
  for (const name of asked.fields) {
    const path = await settle(engine, context, object, pathIn(object, name));
    if (!path)
      throw new OrgError('INVALID_FIELD', `No such column '${pathIn(object, name)}' on entity '${object.name}'`, {
        fields: [name],
      });
    paths.add(path);
  }
  for (const name of asked.optionalFields) {
    const path = await settle(engine, context, object, pathIn(object, name));
    if (path) paths.add(path);
  }
  return { object, paths: [...paths] };
};

/** Every field of the object that the user may read: what a record is answered with after it was saved. */
export const readableFields = async (
  engine: Engine,
  context: RequestContext,
  object: ObjectSchema,
): Promise<WantedFields> => {
  const access = await engine.accessOf(context, object.name);
  const paths = object.fields
    .filter((field) => field.type !== 'address' && field.name !== 'Id' && access.field(field.name).readable)
    .map(({ name }) => name);
  return { object, paths };
};
