import { isAllowedHost, isLoopback } from '../kit/outbound-hosts.ts';

/** Whether access tokens may go to this end point (`host:port`): Salesforce's own, or this machine. */
export const isEventBusHost = (endpoint: string): boolean => {
  const host = endpoint.replace(/:\d+$/, '');
  return isLoopback(host) || isAllowedHost(host, ['*.salesforce.com', '*.salesforce.mil']);
};
