/**
 * A numbered point of the path, told when it is passed. In production nothing listens; tests end or freeze the process
 * there, to show that nothing is done twice and nothing is lost wherever it stops.
 */
export type TracePoint = (point: string) => void;

export const noTrace: TracePoint = () => undefined;
