//! The sentences beside a field, and the edges of every limit.
