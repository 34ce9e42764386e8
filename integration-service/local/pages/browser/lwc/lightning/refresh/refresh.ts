/** Asks whoever shows data on the page to read it again. It bubbles to the nearest registered handler. */
export class RefreshEvent extends CustomEvent<undefined> {
  constructor() {
    super('lightning__refreshview', { bubbles: true, composed: true, cancelable: true });
  }
}

const handlers = new Map<number, () => void>();
let nextHandler = 1;

/** Registers a component's own way to refresh; called when a RefreshEvent rises from inside it. */
export const registerRefreshHandler = (component: EventTarget, handler: () => Promise<unknown>): number => {
  const listen = (event: Event): void => {
    event.stopPropagation();
    handler().catch(() => undefined);
  };
  component.addEventListener('lightning__refreshview', listen);
  const id = nextHandler;
  nextHandler += 1;
  handlers.set(id, () => component.removeEventListener('lightning__refreshview', listen));
  return id;
};

/** Takes a registration back. */
export const unregisterRefreshHandler = (id: number): void => {
  handlers.get(id)?.();
  handlers.delete(id);
};
