/** One thing that `doctor` looked at: whether it holds, and when not, what to do. */
export interface Finding {
  readonly what: string;
  readonly holds: boolean;
  readonly detail: string;
  /** Empty when it holds. */
  readonly toDo: string;
}

export const holds = (what: string, detail: string): Finding => ({ what, holds: true, detail, toDo: '' });
export const fails = (what: string, detail: string, toDo: string): Finding => ({ what, holds: false, detail, toDo });

/** Runs a check; what it throws is a finding too. */
export const check = async (what: string, toDo: string, run: () => Promise<string>): Promise<Finding> => {
  try {
    return holds(what, await run());
  } catch (error) {
    return fails(what, error instanceof Error ? error.message : String(error), toDo);
  }
};

/** Findings as lines for a terminal. */
export const findingLines = (findings: readonly Finding[]): string =>
  findings
    .map(
      ({ what, holds: good, detail, toDo }) =>
        `${good ? 'ok  ' : 'FAIL'} ${what}: ${detail}${good ? '' : `\n       → ${toDo}`}`,
    )
    .join('\n');
