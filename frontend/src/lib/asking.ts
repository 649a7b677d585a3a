// Which of two answers is newer. Questions and acts are counted together: the
// answer to a question asked before an act may not show what the act did.
let counted = 0;

/** asking numbers a question as it is asked, or an act as it is done. */
export const asking = (): number => ++counted;
