//! Meta's door: the handshake and signed deliveries. It verifies and hands the bytes on; what they mean is the engine's business.

pub mod handshake;
pub mod signature;
