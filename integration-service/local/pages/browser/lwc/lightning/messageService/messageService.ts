/** Message channels between components of one page. */
export interface MessageContextToken {
  readonly page: symbol;
}

type Listener = (message: unknown) => void;
interface Subscription {
  readonly channel: string;
  readonly listener: Listener;
}

const page: MessageContextToken = Object.freeze({ page: Symbol('page') });
const subscriptions = new Set<Subscription>();

/** Every listener of the whole page, not of the active tab only. */
export const APPLICATION_SCOPE = Symbol('APPLICATION_SCOPE');

/** Wire adapter: the token that the functions below take. */
export class MessageContext {
  constructor(emit: (token: MessageContextToken) => void) {
    emit(page);
  }

  connect(): void {
    // There is one page; it needs no set-up.
  }

  update(): void {
    // It takes no configuration.
  }

  disconnect(): void {
    // Subscriptions end by `unsubscribe`, as on the platform.
  }
}

/** Hears what is published on a channel. */
export const subscribe = (_context: MessageContextToken, channel: string, listener: Listener): Subscription => {
  const subscription = { channel, listener };
  subscriptions.add(subscription);
  return subscription;
};

/** Stops hearing. */
export const unsubscribe = (subscription: Subscription): void => {
  subscriptions.delete(subscription);
};

/** Tells everyone on the channel. */
export const publish = (_context: MessageContextToken, channel: string, message: unknown): void => {
  for (const subscription of subscriptions) if (subscription.channel === channel) subscription.listener(message);
};

/** A token for code outside components. */
export const createMessageContext = (): MessageContextToken => page;

/** Gives a token back; nothing is kept for it here. */
export const releaseMessageContext = (): undefined => undefined;
