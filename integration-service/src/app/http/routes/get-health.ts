import { Router } from 'express';

/** `GET /health`: this process runs. */
export const getHealth = (): Router =>
  Router().get('/health', (_request, response) => {
    response.json({ status: 'alive' });
  });
