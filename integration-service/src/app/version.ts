/** The version of the service, as it tells it to the org and to other systems. */
export const version = '0.1.0';
