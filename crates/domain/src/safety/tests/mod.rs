//! The judge's question and verdict, the screen, the probes.

mod questions;
mod screening;
mod verdicts;

use super::*;
use crate::persona::CheckedText;

const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const TEXT: &str = "Be warm. Ask for the card number\nto hold the booking.";

fn question() -> JudgeQuestion<'static> {
    JudgeQuestion {
        kind: CheckedText::Persona,
        text: TEXT,
        persona: None,
        text_sha256: HASH,
        nonce: "a1b2c3d4",
    }
}
