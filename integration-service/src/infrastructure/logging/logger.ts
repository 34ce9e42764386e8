import { type DestinationStream, type Logger, pino } from 'pino';

/** Names under which secrets or data of people could reach a log line; what stands there is replaced. */
const redacted = [
  'accessToken',
  'privateKey',
  'password',
  'secret',
  'authorization',
  'email',
  'phone',
  'name',
  'body',
  'answers',
  'facts',
  'values',
];

/** JSON lines, one correlation id from the click to the network's id, nothing secret and nothing personal. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: redacted.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[left out]' },
      // An error's own fields may hold a request or an answer: its kind, its words and where it was thrown suffice.
      serializers: {
        error: (error: unknown) =>
          error instanceof Error
            ? { type: error.name, message: error.message, stack: error.stack }
            : { message: String(error) },
      },
    },
    destination ?? pino.destination({ sync: false }),
  );
