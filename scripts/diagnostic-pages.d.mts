export const PAGES: string;
export function definedCodes(): string[];
export function pagedCodes(): string[];
export function pageProblems(): string[];
