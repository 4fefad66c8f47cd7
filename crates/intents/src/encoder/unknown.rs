//! How much of a text the model does not know, so that a script it never learnt matches no intent.
//!
//! Pieces alone do not tell: the vocabulary holds single letters of Greek or Hebrew, of which the model knows no word.

use unicode_script::{Script, UnicodeScript};

use super::vocabulary::{Piece, UNKNOWN};

/// The share of letters and digits in unknown pieces or foreign scripts; of all pieces when there are none.
pub(super) fn unknown_share(pieces: &[Piece<'_>]) -> f32 {
    let mut letters = 0;
    let mut unknown = 0;
    for piece in pieces {
        for letter in piece.text.chars().filter(|letter| letter.is_alphanumeric()) {
            letters += 1;
            unknown += u32::from(piece.id == UNKNOWN || !is_known(letter.script()));
        }
    }
    match letters {
        0 => share_of_pieces(pieces),
        letters => unknown as f32 / letters as f32,
    }
}

fn share_of_pieces(pieces: &[Piece<'_>]) -> f32 {
    let shown = pieces.iter().filter(|piece| piece.text != super::normaliser::SPACE);
    let unknown = shown.clone().filter(|piece| piece.id == UNKNOWN).count();
    unknown as f32 / shown.count().max(1) as f32
}

/// The scripts of the sixteen languages the model was trained on.
fn is_known(script: Script) -> bool {
    use Script::{Arabic, Common, Cyrillic, Han, Hangul, Hiragana, Inherited, Katakana, Latin, Thai};
    matches!(
        script,
        Latin | Cyrillic | Arabic | Han | Hiragana | Katakana | Hangul | Thai | Common | Inherited
    )
}
