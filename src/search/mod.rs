//! Finding: queries, an index over all words, pickers.
