import type { Project } from './project.ts';
import type { Problem, Rule } from './rule.ts';

/** A problem with the rule that found it. */
export type Finding = Problem & { rule: string };

/** Applies every rule to the project; findings come in the order of files and lines. */
export const checkProject = (project: Project, rules: readonly Rule[]): Finding[] =>
  rules
    .flatMap((rule) => [...rule.check(project)].map((problem) => ({ rule: rule.id, ...problem })))
    .toSorted((a, b) => (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : a.file < b.file ? -1 : 1));
