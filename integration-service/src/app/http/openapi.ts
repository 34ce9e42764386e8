import { z } from 'zod';
import { telemetryEvent } from '../../domain/telemetry/event.ts';
import { insightsAnswer, problemDetails, telemetryAnswer, telemetryBatch } from './telemetry-wire.ts';

const schemas = {
  TelemetryEvent: telemetryEvent,
  TelemetryAnswer: telemetryAnswer,
  PartnerInsights: insightsAnswer,
  Problem: problemDetails,
};

/** A schema in the dialect of OpenAPI 3.1, which is JSON Schema's own of 2020-12. */
const inJsonSchema = (schema: z.ZodType): Record<string, unknown> => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12' });
  return rest;
};
const ref = (name: keyof typeof schemas) => ({ $ref: `#/components/schemas/${name}` });
const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});
const busy = {
  ...problemAnswer('Too much at once: send the same batch again after Retry-After.'),
  headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } },
};

/** What can be asked of the service by other systems, as OpenAPI 3.1; its schemas are those that requests are read with. */
export const openapiDocument = (version: string): Record<string, unknown> => ({
  openapi: '3.1.0',
  info: {
    title: 'Tandem',
    version,
    description: 'Telemetry in, insights out. Each source has a token of its own (tandem telemetry source add).',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  security: [{ bearer: [] }, { source: [], signature: [] }],
  paths: {
    '/v1/telemetry': {
      post: {
        operationId: 'postTelemetry',
        summary: 'Tell events: at most 10,000, each once by its id, however often it is sent within 35 days.',
        description:
          'Compressed with gzip or not. What is taken is on disk when the answer comes; what is refused is named one by one and takes nothing else along.',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                anyOf: [{ ...inJsonSchema(telemetryBatch), items: ref('TelemetryEvent') }, ref('TelemetryEvent')],
              },
            },
            'application/x-ndjson': { schema: { type: 'string', description: 'One TelemetryEvent a line.' } },
          },
        },
        responses: {
          '200': {
            description: 'The batch was read.',
            content: { 'application/json': { schema: ref('TelemetryAnswer') } },
          },
          '400': problemAnswer('The body is no batch.'),
          '401': problemAnswer('No source that is known.'),
          '413': problemAnswer('Too many events or bytes.'),
          '415': problemAnswer('A compression that is not known.'),
          '429': busy,
        },
      },
    },
    '/v1/partner/insights': {
      get: {
        operationId: 'getPartnerInsights',
        summary: 'What the numbers say about the partner whose source asks, within the partner’s grant.',
        responses: {
          '200': {
            description: 'The weightiest first.',
            content: { 'application/json': { schema: ref('PartnerInsights') } },
          },
          '401': problemAnswer('No source that is known.'),
          '403': problemAnswer('Not a partner’s source, or no grant that allows it.'),
          '503': problemAnswer('Whether the grant holds cannot be asked at the moment.'),
        },
      },
    },
  },
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer' },
      source: { type: 'apiKey', in: 'header', name: 'X-Tandem-Source', description: '<org id>/<name of the source>' },
      signature: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Tandem-Signature',
        description:
          't=<unix seconds>,v1=<hexadecimal HMAC-SHA256 of "<t>.<body before compression>" by the part of the token behind its last dot>; five minutes.',
      },
    },
    schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, inJsonSchema(schema)])),
  },
});
