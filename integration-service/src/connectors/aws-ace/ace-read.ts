import type { z } from 'zod';
import type { JsonObject } from '../../domain/values/json.ts';
import type { Result } from '../../domain/values/result.ts';
import type { PortError } from '../../ports/partner-portal/partner-portal.ts';
import type { AceOperation } from './client.ts';

/** A read call in our catalog, whose answer has the form of the schema. */
export type AceRead = <Schema extends z.ZodType>(
  operation: AceOperation,
  request: JsonObject,
  schema: Schema,
) => Promise<Result<z.infer<Schema>, PortError>>;
