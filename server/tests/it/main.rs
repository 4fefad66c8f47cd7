//! The server from the outside: the real router, the real configuration, the real binary.

mod config;
