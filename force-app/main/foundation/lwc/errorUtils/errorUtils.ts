/** One message inside an answer of the UI API or GraphQL. */
interface ErrorMessage {
  message?: unknown;
}

/** The parts of a Lightning Data Service error that carry words. */
interface PlatformError extends ErrorMessage {
  statusText?: unknown;
  body?:
    | (ErrorMessage & { output?: { errors?: ErrorMessage[]; fieldErrors?: Record<string, ErrorMessage[]> } })
    | ErrorMessage[];
}

/**
 * Reduces whatever a wire, a record call or GraphQL reports to distinct, non-empty sentences.
 * A record that fails on a field reports only a general message at the top; its field messages are the useful ones.
 */
export function reduceErrors(errors: unknown): string[] {
  const list: unknown[] = Array.isArray(errors) ? errors : [errors];
  const sentences = list.filter((error) => error !== undefined && error !== null).flatMap(sentencesOf);
  return [...new Set(sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== ''))];
}

function sentencesOf(error: unknown): string[] {
  if (typeof error === 'string') {
    return [error];
  }
  const { body, message, statusText } = error as PlatformError;
  if (Array.isArray(body)) {
    return texts(body);
  }
  const output = body?.output;
  const details = [...texts(output?.errors ?? []), ...texts(Object.values(output?.fieldErrors ?? {}).flat())];
  if (details.length > 0) {
    return details;
  }
  return texts([{ message: body?.message }, { message }, { message: statusText }]).slice(0, 1);
}

function texts(messages: ErrorMessage[]): string[] {
  return messages.map(({ message }) => message).filter((message): message is string => typeof message === 'string');
}
