import { Router } from 'express';
import { openapiDocument } from '../openapi.ts';
import { version } from '../../version.ts';

/** `GET /v1/openapi.json`: how to talk to the end points for other systems. Tells nothing of any org, so anybody may read it. */
export const getOpenapi = (): Router => {
  const document = openapiDocument(version);
  return Router().get('/v1/openapi.json', (_request, response) => {
    response.json(document);
  });
};
