const loads = new Map<string, Promise<void>>();

/** Each address is fetched once for all components of a page, as the platform does it. */
const once = (address: string, element: () => HTMLElement): Promise<void> => {
  const known = loads.get(address);
  if (known) return known;
  const load = new Promise<void>((resolve, reject) => {
    const added = element();
    added.addEventListener('load', () => resolve());
    added.addEventListener('error', () => {
      loads.delete(address);
      reject(new Error(`The resource ${address} could not be loaded.`));
    });
    document.head.append(added);
  });
  loads.set(address, load);
  return load;
};

/** Runs a script of the org; what it makes global is there when the promise is kept. `component` is not looked at here. */
export const loadScript = (_component: unknown, address: string): Promise<void> =>
  once(address, () => Object.assign(document.createElement('script'), { src: address }));

/** Adds a style sheet of the org to the page. */
export const loadStyle = (_component: unknown, address: string): Promise<void> =>
  once(address, () => Object.assign(document.createElement('link'), { rel: 'stylesheet', href: address }));
