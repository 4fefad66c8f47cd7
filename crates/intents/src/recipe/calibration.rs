//! Turns a lead into a confidence. The numbers belong to an encoder.

/// `confidence = σ(slope · (lead − shift) + offset)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// How steep the confidence grows.
    pub slope: f64,
    /// The lead at which the confidence is [`super::Calibration::DEFAULT_THRESHOLD`].
    pub shift: f64,
    /// Puts the default threshold at the shift.
    pub offset: f64,
}

impl Calibration {
    /// The threshold that a new rule starts with.
    pub const DEFAULT_THRESHOLD: f64 = 0.72;

    /// For the encoder of this crate, found on `tests/sets/tuning.jsonl`.
    pub const EMBEDDED: Self = Self {
        slope: 18.0,
        shift: 0.09,
        offset: 0.944,
    };

    /// For embeddings of a provider whose model was not measured: leads have the same scale for every encoder, so what was
    /// found for ours is the best guess. The suggested threshold of a rule corrects what is left.
    pub const fn default_for_provider() -> Self {
        Self::EMBEDDED
    }

    /// Grows with the lead.
    pub fn confidence(&self, lead: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * (lead - self.shift) + self.offset)).exp())
    }
}
