import { type DestinationStream, type Logger, pino } from 'pino';
import { withoutQuotes } from './without-quotes.ts';

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

/** Names under which the words of another system reach a log line. */
const told = ['note', 'problem', 'why'];

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
            ? { type: error.name, message: withoutQuotes(error.message), stack: withoutQuotes(error.stack ?? '') }
            : { message: withoutQuotes(String(error)) },
        ...Object.fromEntries(told.map((name) => [name, (said: unknown) => withoutQuotes(String(said))])),
      },
    },
    destination ?? pino.destination({ sync: false }),
  );
