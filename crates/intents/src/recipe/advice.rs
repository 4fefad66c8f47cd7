//! What the editor tells about a rule: a threshold that fits its saved examples, and intents that take each other's messages.

use super::Calibration;

/// Two intents that are more alike than this take each other's messages. The same ready-made intent in two languages is in
/// five cases of six, two different ones in one language never.
pub const SHADOWING_SIMILARITY: f64 = 0.70;

/// The lowest and the highest threshold of a rule.
const BOUNDS: (f64, f64) = (0.50, 0.95);

/// With no example that must stay out, the suggestion lies so far below the weakest match.
const MARGIN: f64 = 0.03;

/// The threshold that divides the confidences of examples that should match from those of others : a wrong answer counts as
/// the middle of the widest gap, in hundredths. `None` when no example should match.
pub fn suggest_threshold(matching: &[f64], other: &[f64]) -> Option<f64> {
    let weakest = matching.iter().copied().min_by(f64::total_cmp)?;
    let threshold = if other.is_empty() {
        (weakest - MARGIN).min(Calibration::DEFAULT_THRESHOLD)
    } else {
        best_cut(matching, other)
    };
    Some((threshold.clamp(BOUNDS.0, BOUNDS.1) * 100.0).round() / 100.0)
}

fn best_cut(matching: &[f64], other: &[f64]) -> f64 {
    let mut values: Vec<f64> = matching.iter().chain(other).copied().chain([0.0, 1.0]).collect();
    values.sort_unstable_by(f64::total_cmp);
    let cuts = values.windows(2).map(|gap| {
        let cut = f64::midpoint(gap[0], gap[1]);
        let missed = matching.iter().filter(|&&confidence| confidence < cut).count();
        let answered = other.iter().filter(|&&confidence| confidence >= cut).count();
        (missed + 2 * answered, gap[0] - gap[1], cut)
    });
    let best = cuts.min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    best.map_or(Calibration::DEFAULT_THRESHOLD, |(_, _, cut)| cut)
}
