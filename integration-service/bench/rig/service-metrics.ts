/** Sum of one metric of a process of the service, over its labels, from `/metrics`. */
export const metricOf = async (serviceUrl: string, name: string): Promise<number> => {
  const text = await (await fetch(`${serviceUrl}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  if (lines.length === 0) throw new Error(`The service at ${serviceUrl} tells no metric ${name}.`);
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
};
