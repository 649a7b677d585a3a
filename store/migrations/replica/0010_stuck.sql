-- An index of the replies that could not leave; a laptop whose first fill runs
-- builds it with the others.
SELECT 1;
