/** A line that grows in place on a terminal, and a line at every tenth where the output is a file. */
export const progressBar = (
  label: string,
  total: number,
  write: (text: string) => void = (text) => void process.stdout.write(text),
): ((done: number, note?: string) => void) => {
  const terminal = process.stdout.isTTY === true;
  let lastTenth = -1;
  return (done, note = '') => {
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const tenth = Math.floor(share * 10);
    const filled = Math.round(share * 24);
    const text = `${label} [${'█'.repeat(filled)}${'·'.repeat(24 - filled)}] ${done}/${total}${note ? ` ${note}` : ''}`;
    if (terminal) write(`\r\x1b[2K${text}${done >= total ? '\n' : ''}`);
    else if (tenth > lastTenth) write(`${text}\n`);
    lastTenth = Math.max(lastTenth, tenth);
  };
};
