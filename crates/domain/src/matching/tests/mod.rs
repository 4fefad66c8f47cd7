//! Folding over many scripts, word edges, and the automaton held against a brute-force oracle.
